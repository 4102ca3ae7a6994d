package org.mineral.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Split;
import org.mineral.data.read.Datasets;
import org.mineral.data.write.DataFormat;

class SyntheticWriterTest {

    private static final SyntheticData.Options SMALL =
            SyntheticData.Options.DEFAULTS.with("users", 5000).with("items", 400);
    private static final Split.Shares SHARES = new Split.Shares(0.7, 0.1, 0.2);

    @TempDir
    Path directory;

    private SyntheticWriter.Written write(String name, DataFormat format, SyntheticData.Options options) {
        return new SyntheticWriter(options, 100_000, SHARES, format).write(directory.resolve(name), share -> {});
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void theFilesHoldWhatWasAskedFor(DataFormat format) {
        SyntheticWriter.Written written = write("data", format, SMALL);
        Dataset data = Datasets.read(directory.resolve("data"));
        assertThat(data.report().notes()).isEmpty();
        assertThat(data.users().size()).isEqualTo(5000);
        assertThat(data.train().size()).isEqualTo((int) written.train());
        assertThat(data.valid().size()).isEqualTo((int) written.valid());
        assertThat(data.test().size()).isEqualTo((int) written.test());
        assertThat(data.all().size()).isBetween(99_900, 100_100);
        assertThat(data.test().size() / 1e5).isCloseTo(0.2, within(0.01));
        assertThat(data.valid().size() / 1e5).isCloseTo(0.1, within(0.01));
        assertThat(data.users().id(17)).isEqualTo(format == DataFormat.LIGHTGCN ? "17" : "user-17");
    }

    @Test
    void theSameSeedGivesTheSameFilesAndAnotherSeedOthers() throws IOException {
        write("a", DataFormat.LIGHTGCN, SMALL);
        write("b", DataFormat.LIGHTGCN, SMALL);
        write("c", DataFormat.LIGHTGCN, SMALL.with("seed", 2));
        assertThat(directory.resolve("b/train.txt")).hasSameBinaryContentAs(directory.resolve("a/train.txt"));
        assertThat(directory.resolve("b/test.txt")).hasSameBinaryContentAs(directory.resolve("a/test.txt"));
        assertThat(Files.readAllBytes(directory.resolve("c/train.txt")))
                .isNotEqualTo(Files.readAllBytes(directory.resolve("a/train.txt")));
    }

    @Test
    void existingFilesAreKeptAndAFailureLeavesNothing() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("kept")).resolve("train.txt"), "0 1\n");
        assertThatThrownBy(() -> write("kept", DataFormat.LIGHTGCN, SMALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> new SyntheticWriter(SMALL, 100_000, SHARES, DataFormat.CSV)
                        .write(directory.resolve("broken"), share -> {
                            throw new IllegalStateException("stop");
                        }))
                .isInstanceOf(IllegalStateException.class);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve("kept"));
        }
    }

    @Test
    void moreInteractionsThanTheItemsAllowAreRefused() {
        assertThatThrownBy(() -> new SyntheticWriter(SMALL, 5000 * 201L, SHARES, DataFormat.CSV))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("allowed");
        assertThatThrownBy(() -> new SyntheticWriter(SMALL, 100, SHARES, DataFormat.CSV))
                .isInstanceOf(InputException.class);
    }

    /** Each item's share of many first draws, against the probability by the formula. */
    @Tag("slow")
    @Test
    void rejectionDrawsFromTheSoftmaxOverAllItems() {
        SyntheticData.Options options = SMALL.with("items", 60).with("tastes", 4);
        SyntheticData.Truth truth = SyntheticData.plant(options);
        TasteSampler sampler = new TasteSampler(options, truth);
        TasteSampler.Scratch scratch = sampler.scratch();
        SplittableRandom random = new SplittableRandom(9);
        int draws = 40_000;
        for (int user : new int[] {0, 1, 2, 3}) {
            int[] counts = new int[60];
            for (int k = 0; k < draws; k++) {
                counts[sampler.draw(user, 1, random, scratch)[0]]++;
            }
            double[] liked = softmax(truth.scores(user));
            double[] popular = softmax(truth.logPopularity());
            for (int i = 0; i < 60; i++) {
                double p = (1 - options.noise()) * liked[i] + options.noise() * popular[i];
                double deviation = Math.sqrt(p * (1 - p) / draws);
                assertThat(counts[i] / (double) draws).isCloseTo(p, within(5 * deviation + 1e-6));
            }
        }
    }

    @Test
    void whereRejectionWouldNotEndTheItemsAreScanned() {
        SyntheticData.Options peaked =
                SMALL.with("items", 40).with("beta", 50).with("popularity", 5).with("noise", 0);
        TasteSampler sampler = new TasteSampler(peaked, SyntheticData.plant(peaked));
        TasteSampler.Scratch scratch = sampler.scratch();
        for (int user = 0; user < 20; user++) {
            int[] drawn = sampler.draw(user, 40, new SplittableRandom(user), scratch);
            assertThat(Arrays.stream(drawn).sorted().toArray())
                    .isEqualTo(IntStream.range(0, 40).toArray());
        }
    }

    private static double[] softmax(float[] scores) {
        double[] weights = new double[scores.length];
        Arrays.setAll(weights, k -> Math.exp(scores[k]));
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / total).toArray();
    }

    /** Writes until it is ended. */
    static final class Endless {
        public static void main(String[] args) {
            SyntheticData.Options large = SyntheticData.Options.DEFAULTS.with("users", 500_000);
            new SyntheticWriter(large, 25_000_000, SHARES, DataFormat.CSV).write(Path.of(args[0]), share -> {});
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a process cannot be asked to end")
    void nothingIsLeftBehindWhenTheProcessIsEnded() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName(),
                        directory.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            while (process.isAlive() && files() < 4) {
                Thread.sleep(20);
            }
            assertThat(process.isAlive()).isTrue();
            process.destroy();
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        assertThat(directory).isEmptyDirectory();
    }

    /** All files and directories below the test's. */
    private long files() {
        try (Stream<Path> below = Files.walk(directory)) {
            return below.count() - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
