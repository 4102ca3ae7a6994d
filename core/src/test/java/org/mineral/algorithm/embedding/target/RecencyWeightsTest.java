package org.mineral.algorithm.embedding.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;
import org.mineral.eval.Evaluator;
import org.mineral.loss.Losses;

class RecencyWeightsTest {

    @TempDir
    Path directory;

    /** Four interactions of a, two of which at the same moment, and one of b. */
    @Test
    void theKthOldestCountsItsShareOfThePlaces() throws Exception {
        Dataset data = read("user,item,timestamp\na,w,40\na,x,10\na,y,20\na,z,20\nb,x,7\n");
        float[] counts = RecencyWeights.of(data, 1);
        double mean = (0.125 + 0.5 + 0.5 + 0.875) / 4;
        assertThat(counts(counts, data, "a", "x")).isCloseTo((float) (0.125 / mean), within(1e-6f));
        assertThat(counts(counts, data, "a", "y")).isCloseTo((float) (0.5 / mean), within(1e-6f));
        assertThat(counts(counts, data, "a", "z")).isCloseTo((float) (0.5 / mean), within(1e-6f));
        assertThat(counts(counts, data, "a", "w")).isCloseTo((float) (0.875 / mean), within(1e-6f));
        assertThat(counts(counts, data, "b", "x")).isEqualTo(1);
        assertThat(RecencyWeights.of(data, 0)).isNull();
    }

    @Test
    void theOrderOfTheFileReplacesTimes() throws Exception {
        Path file = Files.createDirectory(directory.resolve("lists")).resolve("train.txt");
        Files.writeString(file, "1 30 10 20\n2 20 30\n", StandardCharsets.UTF_8);
        Dataset data = Datasets.read(file.getParent(), ReadOptions.DEFAULTS.with("keep_order", true));
        float[] counts = RecencyWeights.of(data, 2);
        assertThat(counts(counts, data, "1", "30")).isLessThan(counts(counts, data, "1", "10"));
        assertThat(counts(counts, data, "1", "10")).isLessThan(counts(counts, data, "1", "20"));
        assertThat(counts(counts, data, "2", "20")).isLessThan(counts(counts, data, "2", "30"));
    }

    @Test
    void withoutTimesOrAnOrderItIsRefused() throws Exception {
        Dataset data = read("user,item\na,x\na,y\n");
        assertThatThrownBy(() -> RecencyWeights.of(data, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("neither times nor the order")
                .hasMessageContaining("recency=0");
    }

    /** Everybody goes over from the lower half of the items to the upper; the last fifth is what is to be found. */
    @Test
    void whereTastesMoveOnItFindsWhatComesNext() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder lines = new StringBuilder("user,item,timestamp\n");
        for (int u = 0; u < 300; u++) {
            int taste = u % 5;
            for (int k = 0; k < 20; k++) {
                boolean moved = random.nextInt(20) < k;
                int item = taste * 40 + (moved ? 20 : 0) + random.nextInt(20);
                lines.append("u%d,i%d,%d%n".formatted(u, item, u * 1000 + k));
            }
        }
        Dataset data = read(lines.toString()).split(Split.lastN(0, 4));
        TrainOptions options = TrainOptions.defaults()
                .with("dimension", 16)
                .with("epochs", 2)
                .with("block_size", 30)
                .with("item_bias", true);
        double plain = ndcg(data, options);
        double recent = ndcg(data, options.with("recency", 2.0));
        assertThat(recent).isGreaterThan(1.15 * plain);
    }

    private static double ndcg(Dataset data, TrainOptions options) {
        return Evaluator.at(20)
                .evaluate(new EmbeddingTrainer(Losses.minePlus(1.2), options).fit(data), data.test())
                .metric("NDCG@20");
    }

    private static float counts(float[] counts, Dataset data, String user, String item) {
        Interactions train = data.train();
        int u = data.users().index(user);
        int i = data.items().index(item);
        return counts[
                IntStream.range(train.begin(u), train.end(u))
                        .filter(k -> train.columns()[k] == i)
                        .findFirst()
                        .orElseThrow()];
    }

    private Dataset read(String text) throws Exception {
        Path file = directory.resolve("data.csv");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return Datasets.read(file);
    }
}
