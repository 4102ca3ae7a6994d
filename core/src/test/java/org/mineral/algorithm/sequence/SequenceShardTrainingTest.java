package org.mineral.algorithm.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.shard.SharedItems;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.Provenance;

/** Training over sequences by shards against the engine of one machine. */
class SequenceShardTrainingTest {

    private static final Dataset DATA = SequenceData.of(300, 120, 7);
    private static final Sequences ALL = Sequences.of(DATA.name(), DATA.train(), DATA.events());

    private static Map<String, String> settings(String... pairs) {
        Map<String, String> given =
                new HashMap<>(Map.of("dimension", "16", "epochs", "6", "block_size", "200", "learning_rate", "0.02"));
        for (String pair : pairs) {
            given.put(pair.split("=")[0], pair.split("=")[1]);
        }
        return given;
    }

    /** Every {@code shards}-th user. */
    private static List<Sequences> divided(int shards) {
        return divided(ALL, shards);
    }

    private static List<Sequences> divided(Sequences all, int shards) {
        List<Sequences> parts = new ArrayList<>();
        for (int p = 0; p < shards; p++) {
            int part = p;
            int[] users = IntStream.range(0, all.pairs().users())
                    .filter(u -> u % shards == part)
                    .toArray();
            Interactions pairs = Interactions.of(
                    all.pairs().items(),
                    Arrays.stream(users).mapToObj(all.pairs()::row).toArray(int[][]::new));
            parts.add(new Sequences(
                    pairs,
                    Arrays.stream(users).flatMap(u -> Arrays.stream(all.of(u))).toArray()));
        }
        return parts;
    }

    private static float[] meeting(List<Sequences> shards, SharedItems q, SharedItems p, SharedItems w) {
        SequenceShardRun run = SerialSequences.run(settings("block_size=100000", "epochs=1"), 1, shards);
        try (Workers workers = new Workers(2)) {
            return new SerialSequences(run, shards, workers).sum(shard -> shard.meet(q, p, w, 0));
        }
    }

    /** One block of all places, in one shard and in three: the same derivatives and the same loss. */
    @Test
    void shardsAddUpToOneStepOfAllPlaces() {
        int items = ALL.pairs().items();
        SharedItems q = SharedItems.of(SpectralInit.random(items, 16, 0.3, 1).directions(), 1);
        SharedItems p = SharedItems.of(SpectralInit.random(items, 16, 0.3, 2), 0);
        SharedItems w = SharedItems.of(HistorySum.start(20, 16, 0.7), 0);
        float[] whole = meeting(List.of(ALL), q, p, w);
        float[] sum = meeting(divided(3), q, p, w);
        SequenceShard.Gradients expected = SequenceShard.Gradients.of(whole, p.matrix(), w.matrix());
        SequenceShard.Gradients found = SequenceShard.Gradients.of(sum, p.matrix(), w.matrix());
        int table = p.matrix().values().length;
        for (int k = 0; k < table; k++) {
            assertThat(found.items()[k]).isCloseTo(expected.items()[k], within(1e-5f));
            assertThat(found.context()[k]).isCloseTo(expected.context()[k], within(1e-5f));
        }
        for (int k = 0; k < w.matrix().values().length; k++) {
            assertThat(found.positions()[k]).isCloseTo(expected.positions()[k], within(1e-5f));
        }
        assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-3 * Math.abs(expected.loss())));
        for (float[] part : List.of(expected.items(), expected.context(), expected.positions())) {
            assertThat(IntStream.range(0, part.length / 2).anyMatch(k -> Math.abs(part[k]) > 1e-4))
                    .isTrue();
        }
    }

    @Test
    void bitsDoNotDependOnThreads() {
        for (String setting : List.of("next_items=2", "candidates=uniform:40", "item_bias=true", "shared=0")) {
            SequenceShardTraining.Result one = SerialSequences.train(settings(setting, "epochs=2"), 3, divided(2), 1);
            SequenceShardTraining.Result many = SerialSequences.train(settings(setting, "epochs=2"), 3, divided(2), 3);
            assertThat(many.items().values()).as(setting).isEqualTo(one.items().values());
            assertThat(many.context().values())
                    .as(setting)
                    .isEqualTo(one.context().values());
            assertThat(many.positions().values())
                    .as(setting)
                    .isEqualTo(one.positions().values());
        }
    }

    /** What comes next is found as one machine finds it. */
    @Test
    void twoShardsRankAsOneMachine() {
        Model alone = new SequenceAlgorithm()
                .fit(
                        DATA,
                        SequenceSettings.of(settings()),
                        FitContext.defaults().withThreads(2))
                .model();
        SequenceShardTraining.Result tables = SerialSequences.train(settings(), 15, divided(2), 2);
        Model model = SequenceModel.of(
                tables,
                DATA.users(),
                DATA.items(),
                Sequences.of(DATA.name(), DATA.seen(), DATA.events()),
                ModelInfo.of(SequenceModel.NAME));
        assertThat(ndcg(model)).isGreaterThan(0.95 * ndcg(alone));
        Matrix start = SerialSequences.train(settings("learning_rate=1e-9"), 1, divided(2), 2)
                .items();
        assertThat(start.values()).isNotEqualTo(tables.items().values());
    }

    private static double ndcg(Model model) {
        try (Workers workers = new Workers(2)) {
            return Evaluator.at(20).evaluate(model, DATA.test(), workers).metric("NDCG@20");
        }
    }

    private static SequenceModel withAttributes(Dataset data, int meetings, int threads, String... pairs) {
        Sequences train = Sequences.of(data.name(), data.train(), data.events());
        Map<String, String> settings = settings(pairs);
        SequenceShardTraining.Result tables =
                SerialSequences.train(settings, meetings, divided(train, 2), data.itemAttributes(), threads);
        return SequenceModel.of(
                tables,
                data.users(),
                data.items(),
                train,
                ModelInfo.of(SequenceModel.NAME, SequenceSettings.of(settings).describe(), Provenance.NONE));
    }

    /** Items that are in no sequence are ranked as one machine ranks them: better than by the attributes of others. */
    @ParameterizedTest
    @ValueSource(strings = {"loss=mine+", "item_bias=true"})
    void newItemsAreRankedAsOnOneMachine(String setting) {
        Dataset data = SequenceAttributesTest.DATA;
        double one = SequenceAttributesTest.ndcgOfCold(
                data,
                new SequenceAlgorithm()
                        .fit(
                                data,
                                SequenceSettings.of(settings(setting)),
                                FitContext.defaults().withThreads(2))
                        .model());
        Dataset mixed = SequenceAttributesTest.MIXED;
        double chance = SequenceAttributesTest.ndcgOfCold(mixed, withAttributes(mixed, 15, 2, setting));
        assertThat(SequenceAttributesTest.ndcgOfCold(data, withAttributes(data, 15, 2, setting)))
                .as("beside %s of one machine and %s by chance", one, chance)
                .isGreaterThan(0.9 * one)
                .isGreaterThan(1.2 * chance);
    }

    @Test
    void bitsOfAttributesDoNotDependOnThreads() {
        SequenceModel one = withAttributes(SequenceAttributesTest.DATA, 3, 1, "epochs=2", "item_bias=true");
        SequenceModel many = withAttributes(SequenceAttributesTest.DATA, 3, 3, "epochs=2", "item_bias=true");
        assertThat(many.itemVectors().values()).isEqualTo(one.itemVectors().values());
        assertThat(many.contextVectors().values())
                .isEqualTo(one.contextVectors().values());
        assertThat(many.attributeTables()).usingRecursiveComparison().isEqualTo(one.attributeTables());
        assertThat(one.attributeTables().items().orElseThrow().vectors().row(0)).isNotEqualTo(new float[16]);
    }

    @Test
    void whatShardsCannotDoIsRefused() {
        assertThatThrownBy(() -> SequenceShardRun.check(settings("stop_after=2")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("stop_after = 2");
        assertThatThrownBy(() -> SequenceShardRun.check(settings("epochs=0"))).hasMessageContaining("epochs = 0");
        assertThatThrownBy(() -> SequenceShardRun.check(settings("history=1"))).hasMessageContaining("history");
        Sequences single = new Sequences(Interactions.of(3, new int[] {1}), new int[] {1});
        assertThatThrownBy(() -> SerialSequences.run(settings(), 1, List.of(single)))
                .hasMessageContaining("nothing comes after anything");
    }
}
