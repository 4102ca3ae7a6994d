package org.mineral.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.recipe.TrainingRecipe;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.ComparisonListener;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.InterruptedSearch;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.compare.Trial;

class TuningTest {

    private static final Dataset DATA = Datasets.read("builtin:tastes:users=150,items=100");

    @TempDir
    private Path directory;

    private final List<String> trained = new ArrayList<>();
    private SelectionProtocol selection = SelectionProtocol.DEFAULTS;

    private final ComparisonListener listener = new ComparisonListener() {
        @Override
        public void loss(String name, int k, int n) {
            trained.add(name);
            assertThat(k).isBetween(1, n);
        }
    };

    private Tuning tuning(SearchBudget budget, int threads, String... losses) {
        return Tuning.of(DATA)
                .losses(List.of(losses))
                .budget(budget)
                .epochs(6)
                .settings(Map.of("dimension", "8"))
                .seed(3)
                .threads(threads)
                .trials(directory.resolve("trials.jsonl"))
                .selection(selection)
                .listener(listener);
    }

    private Tuning tuning(int points, String... losses) {
        return tuning(new SearchBudget(points, 0), 1, losses);
    }

    @Test
    void everyLossGetsTheSameAndTheBestIsTrainedAgain() {
        Tuning.Outcome outcome = tuning(7, "mine+", "mse").run();
        TuningResult result = outcome.result();
        assertThat(result.rungs()).containsExactly(2, 6);
        for (String loss : List.of("mine+", "mse")) {
            List<Trial> own = result.trials().stream()
                    .filter(t -> loss.equals(t.settings().get("loss")))
                    .toList();
            assertThat(own).filteredOn(t -> t.epochs() == 2).hasSize(7);
            assertThat(own).filteredOn(t -> t.epochs() == 6).hasSize(2);
            assertThat(own).anyMatch(t -> t.settings().equals(Map.of("loss", loss)));
        }
        Trial chosen = result.chosen();
        assertThat(chosen).isNotNull().isEqualTo(result.trials().get(0));
        assertThat(result.trials())
                .allSatisfy(t -> assertThat(t.validation()).isLessThanOrEqualTo(chosen.validation()));
        TuningResult.Last last = result.last();
        assertThat(last.epochs()).isEqualTo(chosen.bestEpoch());
        assertThat(last.settings()).containsEntry("dimension", "8").containsAllEntriesOf(without(chosen));

        // The final model has seen train and validation, and the figure is the evaluator's on the test part.
        FactorModel model = (FactorModel) outcome.model();
        Dataset divided = DataProtocol.of(DATA, 3).data();
        assertThat(model.known()).isEqualTo(divided.seen());
        try (Workers workers = new Workers(1)) {
            double test = Evaluator.at(20)
                    .evaluate(model, divided.test(), divided.seen(), null, workers)
                    .metric("NDCG@20");
            assertThat(last.metrics().get("NDCG@20")).isCloseTo(test, within(1e-12));
        }
        assertThat(last.intervals()).containsKey("NDCG@20");
    }

    private static Map<String, String> without(Trial trial) {
        Map<String, String> settings = new HashMap<>(trial.settings());
        settings.remove("loss");
        return settings;
    }

    @Test
    void aKilledSearchGoesOnAndEndsTheSame() throws Exception {
        Path file = directory.resolve("trials.jsonl");
        TuningResult whole = tuning(6, "mine+").run().result();
        List<String> lines = Files.readAllLines(file);
        Files.writeString(
                file,
                String.join("\n", lines.subList(0, 4)) + "\n" + lines.get(4).substring(0, 9));
        trained.clear();
        TuningResult resumed = tuning(new SearchBudget(6, 0), 2, "mine+").run().result();
        assertThat(trained).hasSize(lines.size() - 4 + 1);
        assertThat(resumed.trials())
                .extracting(Trial::validation)
                .isEqualTo(whole.trials().stream().map(Trial::validation).toList());
        assertThat(resumed.last().metrics()).isEqualTo(whole.last().metrics());

        // A larger budget goes on from there.
        trained.clear();
        assertThat(tuning(9, "mine+").run().result().trials())
                .hasSizeGreaterThan(whole.trials().size());
        assertThat(trained.size()).isLessThan(9);
    }

    @Test
    void itBeginsWithWhatTrainWouldChooseAndEndsNoLower() {
        Dataset data =
                Datasets.read("builtin:tastes:users=300,items=150,noise=0").withValidInTrain();
        Tuning tuning = Tuning.of(data)
                .losses(List.of("mine+"))
                .settings(Map.of("dimension", "8"))
                .budget(SearchBudget.points(3))
                .epochs(3)
                .seed(3)
                .threads(2);
        TuningResult result = tuning.run().result();
        SearchReport begun = result.begun().get("mine+");
        assertThat(begun)
                .isEqualTo(new TrainingRecipe()
                        .dimension(8)
                        .seed(3)
                        .threads(2)
                        .train(data)
                        .search());
        int epochs = Integer.parseInt(begun.settings().get("epochs"));
        Trial first = result.trials().stream()
                .filter(t -> t.epochs() == epochs)
                .findFirst()
                .orElseThrow();
        assertThat(first.settings()).isEqualTo(Map.of("loss", "mine+"));
        assertThat(result.chosen().validation()).isGreaterThanOrEqualTo(first.validation());
        assertThat(result.last().settings())
                .containsEntry("item_bias", begun.settings().get("item_bias"));
        assertThat(result.trials()).hasSize(4);
        TuningResult.Last last = result.last();
        assertThat(tuning.threads(3).run().result().last().metrics()).isEqualTo(last.metrics());
    }

    @Test
    void theSearchThatItBeginsWithGoesOnAfterAKill() {
        selection = SelectionProtocol.DEFAULTS.searched(true);
        TuningResult whole = tuning(3, "mine+", "mse").trials(null).run().result();
        int first = whole.begun().get("mine+").trials().size();
        for (int trials : new int[] {3, first + 1}) {
            InterruptedSearch killed = new InterruptedSearch(trials);
            assertThatThrownBy(() -> tuning(3, "mine+", "mse").listener(killed).run())
                    .isSameAs(killed);
        }
        InterruptedSearch further = new InterruptedSearch(Integer.MAX_VALUE);
        TuningResult resumed = tuning(new SearchBudget(3, 0), 2, "mine+", "mse")
                .listener(further)
                .run()
                .result();
        assertThat(further.notes)
                .satisfiesExactly(
                        note -> assertThat(note).contains("after " + first + " trials"),
                        note -> assertThat(note).contains("after 2 trials"));
        assertThat(resumed.begun()).isEqualTo(whole.begun());
        assertThat(resumed.trials())
                .extracting(Trial::validation)
                .isEqualTo(whole.trials().stream().map(Trial::validation).toList());
        assertThat(resumed.last().metrics()).isEqualTo(whole.last().metrics());
    }

    @Test
    void timeEndsTheSearch() {
        TuningResult result =
                tuning(new SearchBudget(0, 1e-6), 1, "mine+", "mse").run().result();
        assertThat(result.trials()).hasSize(2);
        assertThat(result.budget()).contains("minutes");
    }

    @Test
    void rungsAreThirds() {
        assertThat(RunningTuning.rungs(27)).containsExactly(3, 9, 27);
        assertThat(RunningTuning.rungs(5)).containsExactly(5);
        assertThat(RunningTuning.rungs(1)).containsExactly(1);
    }

    @Test
    void importanceIsTheVarianceBetweenThirds() {
        assertThat(Importance.eta(new double[] {1, 1, 2, 2, 3, 3})).isCloseTo(1, within(1e-12));
        assertThat(Importance.eta(new double[] {1, 3, 1, 3, 1, 3})).isCloseTo(0, within(1e-12));
        assertThat(Importance.eta(new double[] {1, 1, 1})).isZero();
        List<Importance> all = Importance.of(tuning(9, "mine+").run().result());
        assertThat(all).extracting(Importance::setting).contains("lambda", "temperature", "learning_rate");
        assertThat(all).allSatisfy(i -> {
            assertThat(i.value()).isBetween(0.0, 1.0);
            assertThat(i.trials()).hasSize(8);
        });
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> tuning(0, "mine+")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> tuning(3, "mime+").check()).hasMessageContaining("Did you mean 'mine+'?");
        assertThatThrownBy(() -> new SearchBudget(1, Double.NaN)).isInstanceOf(InputException.class);
        assertThat(directory.resolve("trials.jsonl")).doesNotExist();
    }
}
