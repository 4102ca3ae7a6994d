package org.mineral.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.data.SparseMatrix;
import org.mineral.data.read.Datasets;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.eval.Evaluation;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Workers;
import org.mineral.model.Explainable;
import org.mineral.model.History;
import org.mineral.model.HistoryScorer;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.provenance.DataProvenance;
import org.mineral.model.rank.Ranking;
import org.mineral.random.Random64;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.Comparison;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.Repeating;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.search.SearchBudget;
import org.mineral.tune.search.Tuning;

/** What holds of every algorithm that is registered, those of other jars included. */
class AlgorithmContractTest {

    private static final String SOURCE = "builtin:tastes:users=150,items=80,activity=20";
    private static final Dataset DATA = attributed(ordered(Datasets.read(SOURCE)));
    private static final FitContext CONTEXT =
            FitContext.defaults().withThreads(2).with(DataProvenance.NONE.withSource(SOURCE));

    @TempDir
    private Path directory;

    /** For algorithms that need an order: any. */
    private static Dataset ordered(Dataset data) {
        Interactions all = data.all();
        long[] order =
                LongStream.range(0, all.size()).map(k -> Random64.mix(k) >>> 1).toArray();
        return data.withEvents(new Events(all, null, null, order));
    }

    /** For algorithms that need attributes: the largest elements of the items' planted vectors. */
    private static Dataset attributed(Dataset data) {
        float[][] vectors = SyntheticData.generate(SOURCE).truth().items();
        Interactions signs = Interactions.of(
                2 * vectors[0].length,
                Arrays.stream(vectors)
                        .map(v -> IntStream.range(0, 2 * v.length)
                                .filter(k -> (k % 2 == 0 ? v[k / 2] : -v[k / 2]) > 0.25)
                                .toArray())
                        .toArray(int[][]::new));
        return data.withAttributes(
                Attributes.none(data.users().size()),
                new Attributes(SparseMatrix.ofOnes(signs), IdMap.numbered(signs.items())));
    }

    static List<String> names() {
        return Algorithms.names();
    }

    static List<String> tunable() {
        return Algorithms.names().stream()
                .filter(AlgorithmContractTest::hasRange)
                .toList();
    }

    static List<String> fixed() {
        return Algorithms.names().stream().filter(name -> !hasRange(name)).toList();
    }

    private static boolean hasRange(String name) {
        return ModelSpec.of(name).parameters().stream().anyMatch(p -> !p.tune().isEmpty());
    }

    /** Short, where the algorithm knows epochs. */
    private static ConfiguredAlgorithm<?> algorithm(String name) {
        return ModelSpec.of(name).configured().withKnown(Map.of("epochs", "4", "dimension", "8"));
    }

    private static Model model(String name) {
        return algorithm(name).fit(DATA, CONTEXT).model();
    }

    private static double ndcg(Model model) {
        Evaluation evaluation = Evaluator.at(20).evaluate(model, DATA.test());
        return evaluation.metric("NDCG@20");
    }

    @ParameterizedTest
    @MethodSource("names")
    void savedAndLoadedItRanksTheSame(String name) {
        Model model = model(name);
        model.save(directory.resolve("model"));
        Model loaded = Models.load(directory.resolve("model"));
        assertThat(loaded.info().config()).isEqualTo(model.info().config());
        assertThat(loaded.info().provenance().facts()).containsEntry("data_hash", DATA.hash());
        assertThat(Algorithms.name(loaded.info())).isEqualTo(name);
        assertThat(loaded.known()).isEqualTo(DATA.seen());
        assertThat(ndcg(loaded)).isEqualTo(ndcg(model));
        String user = DATA.users().id(3);
        assertThat(loaded.recommend(user, 10))
                .isEqualTo(model.recommend(user, 10))
                .hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("names")
    void threadsChangeNothing(String name) {
        Model one = algorithm(name).fit(DATA, CONTEXT.withThreads(1)).model();
        Model three = algorithm(name).fit(DATA, CONTEXT.withThreads(3)).model();
        for (int u = 0; u < DATA.users().size(); u += 10) {
            assertThat(three.scores(u)).isEqualTo(one.scores(u));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void listsLeaveOutKnownItemsAndUnknownUsersAreRefused(String name) {
        Model model = model(name);
        IdMap items = DATA.items();
        Interactions known = DATA.seen();
        model.recommend(DATA.users().id(5), 80)
                .forEach(r ->
                        assertThat(known.contains(5, items.index(r.item()))).isFalse());
        assertThatThrownBy(() -> model.recommend("nobody", 5)).isInstanceOf(InputException.class);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aListIsTheSameAloneAndAmongOthers(String name) {
        Model model = model(name);
        int[] users = {7, 0, 149, 31};
        try (Workers workers = new Workers(2)) {
            List<Ranking> together = model.rank(users, 10, DATA.seen(), workers);
            for (int k = 0; k < users.length; k++) {
                Ranking alone = model.rank(new int[] {users[k]}, 10, DATA.seen(), workers)
                        .get(0);
                assertThat(alone.items()).isEqualTo(together.get(k).items());
                assertThat(alone.scores()).isEqualTo(together.get(k).scores());
            }
        }
    }

    /** A list for the user's training items as a history shares many items with the user's own; random lists share 15 %. */
    @ParameterizedTest
    @MethodSource("names")
    void aKnownHistoryRanksNearItsUser(String name) {
        Model model = model(name);
        HistoryScorer scorer = model.as(HistoryScorer.class).orElse(null);
        if (scorer == null) {
            assertThatThrownBy(() -> model.require(HistoryScorer.class)).isInstanceOf(InputException.class);
            return;
        }
        double shared = 0;
        Sequences histories = Sequences.of(DATA.name(), DATA.train(), DATA.events());
        try (Workers workers = new Workers(2)) {
            int[] users = IntStream.range(0, 50).toArray();
            List<Ranking> own = model.rank(users, 10, DATA.train(), workers);
            for (int user : users) {
                int[] history = histories.of(user);
                List<Integer> list =
                        Arrays.stream(own.get(user).items()).boxed().toList();
                for (int item : scorer.rank(History.of(history), 10, history).items()) {
                    shared += list.contains(item) ? 1.0 / 500 : 0;
                }
            }
        }
        assertThat(shared).isGreaterThan(0.35);
        assertThatThrownBy(() -> scorer.scores(History.of(DATA.items().size()))).isInstanceOf(InputException.class);
    }

    /** Every model but the references can tell which of a user's items account for a score. */
    @ParameterizedTest
    @MethodSource("names")
    void anExplanationAddsUpToItsScore(String name) {
        Model model = model(name);
        Explainable explainable = model.as(Explainable.class).orElse(null);
        assertThat(explainable == null)
                .isEqualTo(List.of("popularity", "planted").contains(name));
        if (explainable == null) {
            return;
        }
        int user = 12;
        for (int item = 0; item < DATA.items().size(); item += 9) {
            double score = model.scores(user)[item];
            assertThat(explainable.explain(user, item).score())
                    .as("user %d, item %d", user, item)
                    .isCloseTo(score, within(1e-4 * Math.max(1, Math.abs(score))));
        }
        HistoryScorer scorer = model.as(HistoryScorer.class).orElse(null);
        if (scorer != null) {
            History history = History.of(3, 41, 17);
            double score = scorer.scores(history)[30];
            assertThat(explainable.explain(history, 30).score())
                    .isCloseTo(score, within(1e-4 * Math.max(1, Math.abs(score))));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void itLearnsSomethingOfThePlantedTastes(String name) {
        double chance = ndcg(random());
        assertThat(ndcg(model(name))).isGreaterThan(1.2 * chance);
    }

    private static Model random() {
        return ModelSpec.parse("mf(epochs=0,start=random,dimension=8)")
                .configured()
                .fit(DATA, CONTEXT)
                .model();
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePlanIsTheOneThatIsHeard(String name) {
        Plan[] heard = new Plan[1];
        FitListener listener = new FitListener() {
            @Override
            public void plan(Plan plan) {
                heard[0] = plan;
            }
        };
        ConfiguredAlgorithm<?> algorithm = algorithm(name);
        Fit<? extends Model> fit = algorithm.fit(DATA, CONTEXT.withListener(listener));
        assertThat(heard[0]).isEqualTo(fit.plan()).isEqualTo(algorithm.plan(DATA, CONTEXT));
        assertThat(heard[0].users()).isEqualTo(150);
        assertThat(heard[0].describe()).contains("150 users x 80 items");
        assertThat(fit.curve()).hasSize(heard[0].epochs());
        assertThat(algorithm.has("epochs")).isEqualTo(heard[0].epochs() > 0);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("names")
    void itIsComparedWithTheOthers(String name) {
        ComparisonResult result = Comparison.of(DATA)
                .source(SOURCE)
                .models(ModelSpec.parseList(name + ",bpr"))
                .settings(Map.of("dimension", "8"))
                .budget(Budget.epochs(2))
                .seeds(List.of(1L, 2L))
                .threads(2)
                .listener(new Repeating())
                .run();
        boolean reference = List.of("popularity", "planted").contains(name);
        // Those that read attributes are compared without them, too.
        List<ComparisonResult.Entry> entries = result.entries().stream()
                .filter(e -> !e.name().endsWith(" without attributes"))
                .toList();
        assertThat(entries).hasSize(reference ? 1 : 2).noneMatch(ComparisonResult.Entry::failed);
        if (!reference) {
            ComparisonResult.Entry entry = entries.stream()
                    .filter(e -> e.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            boolean random = ModelSpec.of(name).configured().has("seed");
            assertThat(entry.seeds()).hasSize(random ? 2 : 1);
            assertThat(entry.seeds().get(0).validation()).isBetween(0.01, 1.0);
            assertThat(entry.commands().get(0)).contains(name);
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("tunable")
    void itIsTuned(String name) {
        Tuning.Outcome outcome = tuning(name).run();
        TrialCheck.allMeasured(outcome);
        assertThat(Algorithms.name(outcome.model().info())).isEqualTo(name);
        assertThat(outcome.model().trained()).isEqualTo(DATA.seen());
    }

    @ParameterizedTest
    @MethodSource("fixed")
    void withNothingToTuneItIsRefused(String name) {
        assertThatThrownBy(() -> tuning(name).run())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(name);
    }

    private Tuning tuning(String name) {
        boolean vectors = ModelSpec.of(name).configured().has("dimension");
        return Tuning.of(DATA)
                .selection(SelectionProtocol.DEFAULTS)
                .models(List.of(ModelSpec.of(name)))
                .budget(SearchBudget.points(3))
                .epochs(2)
                .settings(vectors ? Map.of("dimension", "8") : Map.of())
                .seed(3)
                .threads(2)
                .trials(directory.resolve("trials.jsonl"));
    }

    private static final class TrialCheck {
        static void allMeasured(Tuning.Outcome outcome) {
            assertThat(outcome.result().trials()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(trial -> {
                assertThat(trial.failure()).isNull();
                assertThat(trial.validation()).isBetween(0.01, 1.0);
            });
        }
    }
}
