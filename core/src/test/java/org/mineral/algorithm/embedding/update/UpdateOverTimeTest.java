package org.mineral.algorithm.embedding.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.MergedData;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;

/**
 * movietweetings-100k in the order of time: a model of the first 80 %, updated with the next 10 %, against one trained again on
 * the first 90 %, judged on the rest. Figures of the same are in {@code docs/how-to/update.md}.
 */
@Tag("slow")
class UpdateOverTimeTest {

    private static Dataset base;
    private static Dataset news;
    private static Dataset past;
    private static Dataset future;

    @BeforeAll
    static void read(@TempDir Path directory) throws IOException {
        String given = System.getProperty("MINERAL_DATA", System.getenv("MINERAL_DATA"));
        Path root = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given);
        Path file = root.resolve("movietweetings-100k").resolve("ratings.csv");
        Assumptions.assumeTrue(Files.isRegularFile(file), "movietweetings-100k is not here");
        List<String[]> lines = Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(","))
                .sorted(Comparator.comparingLong(fields -> Long.parseLong(fields[3])))
                .toList();
        base = part(directory, "base", lines.subList(0, 80_000));
        news = part(directory, "news", lines.subList(80_000, 90_000));
        past = part(directory, "past", lines.subList(0, 90_000));
        future = part(directory, "future", lines.subList(90_000, 100_000));
    }

    private static Dataset part(Path directory, String name, List<String[]> lines) throws IOException {
        String text = lines.stream().map(f -> f[0] + "," + f[1]).collect(Collectors.joining("\n", "user,item\n", "\n"));
        return Datasets.read(Files.writeString(directory.resolve(name + ".csv"), text));
    }

    @ParameterizedTest
    @CsvSource({"true, 1, 0", "false, 0, 2"})
    void anUpdateIsNearlyAsGoodAsTrainingAgain(boolean biased, int history, int layers) {
        TrainOptions options = TrainOptions.defaults()
                .with("temperature", 0.26)
                .with("learning_rate", 0.03)
                .with("epochs", 5)
                .with("item_bias", biased)
                .with("history", history)
                .with("layers", layers);
        EmbeddingTrainer trainer =
                new EmbeddingTrainer(Losses.of("mine+", Map.of("lambda", "1.25")), options).threads(2);
        FactorModel old = trainer.fit(base);
        double before = ndcg(old, old);
        double again = ndcg(trainer.fit(past), old);
        double folded = ndcg(update(old, 0), old);
        double updated = ndcg(update(old, 3), old);
        // Seen: see docs/how-to/update.md; these are their lower ends.
        assertThat(folded)
                .as("known users, without epochs, against %s before", before)
                .isGreaterThan(1.05 * before);
        assertThat(updated).as("known users, against %s trained again", again).isGreaterThan(0.95 * again);
    }

    private static FactorModel update(FactorModel model, int epochs) {
        UpdateOptions options = UpdateOptions.defaults().with("epochs", epochs);
        return Update.of(model, news, options, 2, FitListener.NONE).model();
    }

    /** Of the users whom {@code old} knew, with items that nobody had taken before as misses. */
    private static double ndcg(FactorModel model, FactorModel old) {
        Interactions none =
                Interactions.empty(future.users().size(), future.items().size());
        AlignedDataset asked = Dataset.of("future", future.users(), future.items(), none, none, future.train())
                .aligned(model.users(), model.items());
        boolean[] known = new boolean[model.users().size()];
        int[] unknown = asked.unknownTestItems().clone();
        for (int u = 0; u < known.length; u++) {
            known[u] = old.users().index(model.users().id(u)) >= 0;
            unknown[u] = known[u] ? unknown[u] : 0;
        }
        Interactions test = MergedData.select(asked.test(), (u, i) -> known[u]);
        try (Workers workers = new Workers(2)) {
            return Evaluator.at(20)
                    .evaluate(model, test, model.known(), unknown, workers)
                    .metric("NDCG@20");
        }
    }
}
