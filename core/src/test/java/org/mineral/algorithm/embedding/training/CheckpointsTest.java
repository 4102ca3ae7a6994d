package org.mineral.algorithm.embedding.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.Interactions;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.random.Random64;

class CheckpointsTest {

    private static final TrainOptions OPTIONS = PlantedFactors.OPTIONS.withEpochs(6);

    @TempDir
    Path temp;

    private final List<String> notes = new ArrayList<>();

    /** Every setting once at another value than its default, so that whatever it makes a run remember is seen to be kept. */
    static Stream<TrainOptions> anySetting() {
        List<TrainOptions> all = new ArrayList<>(List.of(OPTIONS));
        for (Config.Description setting : Config.describe(TrainOptions.class)) {
            if (!setting.choices().isEmpty()) {
                setting.choices().stream()
                        .filter(choice -> !choice.equals(setting.fallback()))
                        .forEach(choice -> all.add(OPTIONS.with(setting.name(), choice)));
            } else if (!setting.tune().isEmpty()) {
                all.add(OPTIONS.with(setting.name(), setting.tune().split(":")[0]));
            } else if (setting.fallback().equals("0")) {
                all.add(half(setting));
            }
        }
        all.add(OPTIONS.with("candidates", "uniform:100").with("dropout", 0.2));
        all.add(OPTIONS.with("candidates", "in-batch").with("optimizer", "adagrad"));
        all.add(OPTIONS.with("history", 2).with("similarity", "dot"));
        all.add(OPTIONS.with("layers", 2).with("edge_dropout", 0.3).with("averaging", 1));
        all.add(OPTIONS.with("layers", 1).with("similarity", "dot").with("optimizer", "adagrad"));
        all.add(OPTIONS.with("dimension", 10).with("patience", 1));
        return all.stream();
    }

    private static TrainOptions half(Config.Description setting) {
        try {
            return OPTIONS.with(setting.name(), Math.min(0.5, setting.max()));
        } catch (InputException e) {
            return OPTIONS.with(setting.name(), 4);
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("anySetting")
    void aRunThatWentOnHasTheSameBits(TrainOptions options) {
        for (Dataset data : List.of(inOrder(PlantedFactors.DATA), inOrder(PlantedFactors.NO_VALID))) {
            EmbeddingTrainer plain = new EmbeddingTrainer(Losses.of("mine+"), options).threads(2);
            EmbeddingTrainer trainer = options.objective().teacherItems() == 0 ? plain : plain.teacher(teacher(data));
            Fit<FactorModel> whole = trainer.train(data);
            Checkpoints checkpoints = Checkpoints.beside(temp.resolve("m")).every(1);
            for (int killedIn = 2; killedIn <= whole.curve().size(); killedIn += 2) {
                kill(trainer.threads(1 + killedIn % 3).checkpoints(checkpoints), data, killedIn);
            }
            same(trainer.checkpoints(checkpoints).train(data), whole);
            checkpoints.delete();
            assertThat(temp).isEmptyDirectory();
        }
    }

    /** The same with a time for each interaction, which recency wants. */
    private static Dataset inOrder(Dataset data) {
        Interactions pairs = data.all();
        long[] times = new SplittableRandom(4).longs(pairs.size(), 0, 1_000_000).toArray();
        return data.withEvents(new Events(pairs, null, times));
    }

    private static FactorModel teacher(Dataset data) {
        return new EmbeddingTrainer(Losses.of("mine+"), OPTIONS.with("dimension", 32)).fit(data);
    }

    /** As the protocol of papers does it; a run that is judged by its own valid part does not go on from that. */
    @Test
    void aRunJudgedByAnotherPartGoesOnToo() {
        Dataset data = PlantedFactors.NO_VALID;
        EmbeddingTrainer trainer =
                new EmbeddingTrainer(Losses.of("mine+"), OPTIONS).judgedBy(PlantedFactors.DATA.valid());
        Fit<FactorModel> whole = trainer.train(data);
        Checkpoints checkpoints = Checkpoints.beside(temp.resolve("m")).every(1);
        kill(trainer.checkpoints(checkpoints), data, 5);
        assertThatThrownBy(() -> new EmbeddingTrainer(Losses.of("mine+"), OPTIONS)
                        .checkpoints(checkpoints)
                        .train(data))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("judged_by is");
        same(trainer.checkpoints(checkpoints).train(data), whole);
        assertThat(whole.curve())
                .allSatisfy(epoch -> assertThat(epoch.validation()).isPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"half", "empty", "flip 9", "flip 200", "flip -2000", "flip -1"})
    void aDamagedCheckpointIsPassedOverForTheOneBefore(String damage) throws IOException {
        EmbeddingTrainer trainer = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS);
        Checkpoints checkpoints = Checkpoints.beside(temp.resolve("m")).every(1);
        kill(trainer.checkpoints(checkpoints), PlantedFactors.DATA, 5);
        Path newest = checkpoints.directory().resolve("epoch-4.safetensors");
        damage(newest, damage);
        EmbeddingTrainer next =
                trainer.checkpoints(Checkpoints.beside(temp.resolve("m")).every(1));
        same(next.listener(noting()).train(PlantedFactors.DATA), trainer.train(PlantedFactors.DATA));
        assertThat(notes).hasSize(3);
        assertThat(notes.get(2)).contains("checkpoint: 0.", "epoch-4.safetensors");
        assertThat(notes.get(0)).contains("epoch-4.safetensors", "damaged", "before it is used");
        assertThat(notes.get(1)).contains("after 3");
    }

    @Test
    void withoutAWholeCheckpointTheRunIsRefused() throws IOException {
        EmbeddingTrainer trainer = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS);
        Checkpoints checkpoints = Checkpoints.beside(temp.resolve("m")).every(1);
        kill(trainer.checkpoints(checkpoints), PlantedFactors.DATA, 5);
        for (Path file : content(checkpoints.directory()).keySet()) {
            damage(file, "half");
        }
        assertThatThrownBy(() -> trainer.checkpoints(checkpoints).train(PlantedFactors.DATA))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("delete the checkpoints");
    }

    @Test
    void twoAreKeptAndIncompleteOnesAreDeleted() throws IOException {
        EmbeddingTrainer trainer = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS);
        Checkpoints checkpoints = Checkpoints.beside(temp.resolve("m")).every(1);
        kill(trainer.checkpoints(checkpoints), PlantedFactors.NO_VALID, 5);
        assertThat(checkpoints.directory().toFile().list())
                .containsExactlyInAnyOrder("epoch-3.safetensors", "epoch-4.safetensors");
        Files.writeString(checkpoints.directory().resolve(".epoch-5.safetensors.new-0123abcd"), "half");
        Files.writeString(checkpoints.directory().resolve("notes.txt"), "mine");
        trainer.checkpoints(checkpoints).train(PlantedFactors.NO_VALID);
        assertThat(checkpoints.directory().toFile().list())
                .containsExactlyInAnyOrder("epoch-4.safetensors", "epoch-5.safetensors", "notes.txt");
        checkpoints.delete();
        assertThat(checkpoints.directory().toFile().list()).containsExactly("notes.txt");
    }

    @Test
    void aCheckpointOfAnotherRunIsRefusedAndLeftAlone() throws IOException {
        EmbeddingTrainer trainer = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS);
        Checkpoints checkpoints = Checkpoints.beside(temp.resolve("m")).every(2);
        kill(trainer.checkpoints(checkpoints), PlantedFactors.DATA, 5);
        Map<Path, byte[]> before = content(checkpoints.directory());
        Map<String, EmbeddingTrainer> others = Map.of(
                "epochs is 6 there and 7 now", new EmbeddingTrainer(Losses.of("mine+"), OPTIONS.withEpochs(7)),
                "seed is 42 there and 7 now", new EmbeddingTrainer(Losses.of("mine+"), OPTIONS.withSeed(7)),
                "lambda is 1.2 there and 1.3 now", new EmbeddingTrainer(Losses.minePlus(1.3), OPTIONS),
                "loss is mine+ there and dcl now", new EmbeddingTrainer(Losses.of("dcl"), OPTIONS));
        others.forEach((reason, other) -> assertThatThrownBy(
                        () -> other.checkpoints(checkpoints).train(PlantedFactors.DATA))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(reason));
        assertThatThrownBy(() -> trainer.checkpoints(checkpoints).train(PlantedFactors.NO_VALID))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("data_hash is");
        Map<Path, byte[]> after = content(checkpoints.directory());
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((file, bytes) -> assertThat(after.get(file)).isEqualTo(bytes));
    }

    @Test
    void aRunThatDivergesLeavesNothingToGoOnFrom() {
        TrainOptions wild =
                OPTIONS.with("learning_rate", 1000).with("optimizer", "sgd").with("similarity", "dot");
        Checkpoints checkpoints = Checkpoints.beside(temp.resolve("m")).every(1);
        assertThatThrownBy(() -> new EmbeddingTrainer(Losses.of("mse"), wild)
                        .checkpoints(checkpoints)
                        .train(PlantedFactors.NO_VALID))
                .isInstanceOf(DivergedException.class);
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void splitMixIsSplittableRandomWithAStateThatIsKnown() {
        SplittableRandom oracle = new SplittableRandom(-3);
        Random64 own = new Random64(-3);
        for (int k = 0; k < 10_000; k++) {
            int bound = k % 3 == 0 ? 1 << k % 31 : k % 3 == 1 ? k : Integer.MAX_VALUE - k;
            assertThat(own.nextInt(bound)).isEqualTo(oracle.nextInt(bound));
            assertThat(own.nextLong()).isEqualTo(oracle.nextLong());
        }
    }

    /** Trains until the given epoch is about to end, and no further. */
    private static void kill(EmbeddingTrainer trainer, Dataset data, int epoch) {
        class Killed extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
        assertThatThrownBy(() -> trainer.listener(new FitListener() {
                            @Override
                            public boolean epoch(Epoch now) {
                                if (now.number() == epoch) {
                                    throw new Killed();
                                }
                                return true;
                            }
                        })
                        .train(data))
                .isInstanceOf(Killed.class);
    }

    private FitListener noting() {
        return new FitListener() {
            @Override
            public void resumed(Epoch last, Path checkpoint) {
                notes.add("after " + last.number());
            }

            @Override
            public void note(String line) {
                notes.add(line);
            }
        };
    }

    private static void same(Fit<FactorModel> actual, Fit<FactorModel> expected) {
        assertThat(actual.bestEpoch()).isEqualTo(expected.bestEpoch());
        assertThat(actual.model().userFactors().values())
                .isEqualTo(expected.model().userFactors().values());
        assertThat(actual.model().itemFactors().values())
                .isEqualTo(expected.model().itemFactors().values());
        assertThat(actual.curve().stream().map(CheckpointsTest::untimed))
                .isEqualTo(
                        expected.curve().stream().map(CheckpointsTest::untimed).toList());
        double[] seconds = actual.curve().stream().mapToDouble(Epoch::seconds).toArray();
        assertThat(seconds).isSorted();
    }

    private static Epoch untimed(Epoch epoch) {
        return new Epoch(epoch.number(), epoch.of(), epoch.loss(), 0, epoch.validation());
    }

    private static void damage(Path file, String how) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (how.startsWith("flip")) {
            int at = Integer.parseInt(how.substring(5));
            bytes[at < 0 ? bytes.length + at : at] ^= 1;
        }
        int length = how.equals("empty") ? 0 : how.equals("half") ? bytes.length / 2 : bytes.length;
        Files.write(file, Arrays.copyOf(bytes, length));
    }

    private static Map<Path, byte[]> content(Path directory) throws IOException {
        Map<Path, byte[]> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                content.put(file, Files.readAllBytes(file));
            }
        }
        return content;
    }
}
