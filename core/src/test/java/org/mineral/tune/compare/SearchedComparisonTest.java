package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.eval.Evaluator;
import org.mineral.json.Json;
import org.mineral.recipe.TrainedModel;
import org.mineral.recipe.TrainingRecipe;
import org.mineral.tune.compare.ComparisonResult.Entry;

/** Comparisons in which each model has a search of its own. */
class SearchedComparisonTest {

    private static final Map<String, String> NARROW = Map.of("dimension", "16");

    /** Train and test part. */
    private static final Dataset DATA =
            Datasets.read("builtin:tastes:users=500,items=200,noise=0").withValidInTrain();

    private static Comparison comparison(String... losses) {
        return Comparison.of(DATA).losses(List.of(losses)).settings(NARROW).threads(2);
    }

    @Test
    void theRowOfTheDefaultLossIsWhatTrainMakes() {
        Entry entry = comparison("mine+").run().entries().get(0);
        TrainedModel trained = new TrainingRecipe().dimension(16).threads(2).train(DATA);
        Map<String, String> settings = new LinkedHashMap<>(trained.settings());
        settings.remove(ModelSpec.LOSS);
        assertThat(entry.settings()).isEqualTo(settings);
        assertThat(entry.search()).isEqualTo(trained.search());
        assertThat(entry.metric("NDCG@20"))
                .isEqualTo(Evaluator.at(10, 20, 50)
                        .evaluate(trained.model(), DATA.test())
                        .metric("NDCG@20"));
        assertThat(entry.bestEpoch()).isEqualTo(entry.curve().size());
        assertThat(entry.curve().get(entry.bestEpoch() - 1).validation())
                .isEqualTo(entry.search().curve().stream()
                        .mapToDouble(v -> v)
                        .max()
                        .orElseThrow());
    }

    @Test
    void theRowOfALossThatIsNamedIsWhatTrainMakes() {
        Entry entry = comparison("bpr").run().entries().get(0);
        TrainedModel trained =
                new TrainingRecipe().dimension(16).loss("bpr").threads(3).train(DATA);
        assertThat(entry.search()).isEqualTo(trained.search());
        assertThat(trained.search().changes()).isNotEmpty();
        assertThat(entry.metric("NDCG@20"))
                .isEqualTo(Evaluator.at(10, 20, 50)
                        .evaluate(trained.model(), DATA.test())
                        .metric("NDCG@20"));
    }

    @Test
    void aSearchThatIsKilledGoesOn(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("trainings.jsonl");
        ComparisonResult whole = comparison("bpr", "mse").run();
        InterruptedSearch killed = new InterruptedSearch(4);
        assertThatThrownBy(() -> comparison("bpr", "mse")
                        .trainings(file)
                        .listener(killed)
                        .run())
                .isSameAs(killed);
        InterruptedSearch further = new InterruptedSearch(Integer.MAX_VALUE);
        ComparisonResult resumed = comparison("bpr", "mse")
                .trainings(file)
                .listener(further)
                .threads(3)
                .run();
        assertThat(further.notes).singleElement().asString().contains("after 5 trials");
        assertThat(withoutTimes(resumed)).isEqualTo(withoutTimes(whole));
    }

    /** With BPR's own learning rate each epoch after the first is worse. */
    @Test
    void aLearningRateIsFoundWithWhichTrainingGetsBetter() {
        Entry before = comparison("bpr")
                .selection(SelectionProtocol.DEFAULTS)
                .run()
                .entries()
                .get(0);
        Entry entry = comparison("bpr").run().entries().get(0);
        assertThat(before.bestEpoch()).isEqualTo(1);
        assertThat(entry.bestEpoch()).isGreaterThan(1);
        assertThat(entry.metric("NDCG@20")).isGreaterThan(1.05 * before.metric("NDCG@20"));
        assertThat(Double.parseDouble(entry.settings().get("learning_rate"))).isLessThan(0.05);
    }

    @Test
    void rowsOfOneModelAreNamed() {
        ComparisonResult result = comparison("mine+", "dcl", "mine", "softmax").run();
        assertThat(result.sameModels()).singleElement().asList().containsExactlyInAnyOrder("dcl", "mine", "softmax");
    }

    @Test
    void anyNumberOfThreadsGivesTheSame() {
        ComparisonResult one = comparison("mine+", "bpr", "ccl").threads(1).run();
        ComparisonResult three = comparison("mine+", "bpr", "ccl").threads(3).run();
        assertThat(withoutTimes(three)).isEqualTo(withoutTimes(one));
    }

    private static String withoutTimes(ComparisonResult result) {
        return Json.write(result).replaceAll("\"(threads|seconds|epochSeconds|interactionsPerSecond)\":[-0-9.eE]+", "");
    }

    @Test
    void searchesAreKeptWithTheirTrainings(@TempDir Path directory) {
        Path file = directory.resolve("trainings.jsonl");
        List<String> trained = new ArrayList<>();
        ComparisonListener listener = new ComparisonListener() {
            @Override
            public void loss(String name, int k, int n) {
                trained.add(name);
            }
        };
        ComparisonResult whole =
                comparison("mine+").trainings(file).listener(listener).run();
        ComparisonResult more =
                comparison("mine+", "mse").trainings(file).listener(listener).run();
        assertThat(trained).containsExactly("mine+", "mse");
        assertThat(more.entries().stream()
                        .filter(e -> e.name().equals("mine+"))
                        .findFirst()
                        .orElseThrow()
                        .search())
                .isEqualTo(whole.entries().get(0).search());
        assertThatThrownBy(() -> comparison("mine+")
                        .budget(Budget.epochs(3))
                        .trainings(file)
                        .run())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("something else");
    }

    @Test
    void modelsWithoutEpochsHaveTheirSettingsSearched() {
        ComparisonResult result = Comparison.of(DATA)
                .models(List.of(ModelSpec.of("ease"), ModelSpec.of("rp3beta")))
                .threads(2)
                .run();
        for (Entry entry : result.entries()) {
            assertThat(entry.failure()).isNull();
            assertThat(entry.search().trials()).hasSizeGreaterThan(2);
            assertThat(entry.search().chosen())
                    .isGreaterThanOrEqualTo(entry.search().rule());
        }
    }

    @Test
    void aSearchAndABudgetContradictEachOther() {
        assertThatThrownBy(() -> comparison("mine+")
                        .selection(SelectionProtocol.DEFAULTS.searched(true))
                        .budget(Budget.epochs(3))
                        .check())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("budget");
        assertThatThrownBy(() -> SelectionProtocol.DEFAULTS.searched(true).paper())
                .isInstanceOf(InputException.class);
    }

    @Test
    void givenSettingsThatSayHowToBeginLeaveNothingToSearch() {
        Entry entry = comparison("mine+")
                .settings(Map.of("dimension", "16", "temperature", "0.2"))
                .run()
                .entries()
                .get(0);
        assertThat(entry.search()).isNull();
        assertThat(entry.curve()).hasSize(10);
    }
}
