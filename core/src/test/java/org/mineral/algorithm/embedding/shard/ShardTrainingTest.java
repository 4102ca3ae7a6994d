package org.mineral.algorithm.embedding.shard;

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
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.algorithm.embedding.PlantedSigns;
import org.mineral.algorithm.embedding.encoder.AttributeLayers;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.encoder.ItemHistory;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.init.Initializer;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.algorithm.embedding.target.TemperatureRule;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.candidate.CandidateSampler;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.eval.EvaluatedModel;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;
import org.mineral.model.attributes.AttributeVectors;
import org.mineral.model.provenance.Provenance;
import org.mineral.random.Random64;
import org.mineral.random.Streams;

/** Training by shards against the engine of one machine. */
class ShardTrainingTest {

    private static final Interactions TRAIN = trained(PlantedFactors.NO_VALID.train());

    private static final Attributes NONE = Attributes.none(TRAIN.items());

    /** A fifth of the items is in no training interaction. */
    private static final Dataset COLD_SPLIT = PlantedFactors.TASTES.data().split(Split.parse("cold-item:0.8:0:0.2", 3));

    private static final Interactions WITHOUT_SOME = trained(COLD_SPLIT.train());

    private static final Attributes SIGNS =
            PlantedSigns.of(PlantedFactors.TASTES.truth().items());

    private static final int COLD = IntStream.range(0, WITHOUT_SOME.items())
            .filter(i -> WITHOUT_SOME.itemCounts()[i] == 0)
            .findFirst()
            .orElseThrow();

    /** Without users that have nothing. */
    private static Interactions trained(Interactions all) {
        return Interactions.of(
                all.items(),
                IntStream.range(0, all.users())
                        .filter(u -> all.count(u) > 0)
                        .mapToObj(all::row)
                        .toArray(int[][]::new));
    }

    private static EmbeddingSettings settings(String... pairs) {
        Map<String, String> given =
                new HashMap<>(Map.of("dimension", "16", "block_size", "60", "epochs", "8", "temperature", "0.2"));
        for (String pair : pairs) {
            given.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return EmbeddingSettings.of(given);
    }

    /** Every {@code shards}-th user. */
    private static List<Interactions> divided(int shards) {
        return divided(TRAIN, shards);
    }

    private static List<Interactions> divided(Interactions rows, int shards) {
        List<Interactions> parts = new ArrayList<>();
        for (int p = 0; p < shards; p++) {
            int part = p;
            parts.add(Interactions.of(
                    rows.items(),
                    IntStream.range(0, rows.users())
                            .filter(u -> u % shards == part)
                            .mapToObj(rows::row)
                            .toArray(int[][]::new)));
        }
        return parts;
    }

    /** With one shard and a meeting after each step, items see the derivatives that they would see on one machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss=mine+",
                "loss=infonce item_bias=true history=1",
                "loss=bpr optimizer=adagrad",
                "loss=mine candidates=uniform:128 user_weight=0.5",
                "loss=ccl candidates=popularity:64:0.7 regularization=0.01",
                "loss=mine+ similarity=dot temperature=1 optimizer=sgd candidate_weight=-0.2",
                "loss=mine+ start=random dropout=0.2 candidates=mixed:40"
            })
    void oneShardHasTheBitsOfTheEngineOfOneMachine(String text) {
        String[] pairs = (text + " epochs=2").split(" ");
        int blocks = (TRAIN.users() + 59) / 60;
        SerialShards.Trained trained = SerialShards.train(settings(pairs), blocks, List.of(TRAIN), 2);
        Matrix[] expected = oneMachine(settings(pairs), blocks, TRAIN, NONE);
        assertThat(trained.users().get(0).values()).isEqualTo(expected[0].values());
        assertThat(trained.result().shared().values()).isEqualTo(expected[1].values());
    }

    /** The same where vectors are those of attributes too, which all move at each meeting. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss=mine+",
                "loss=infonce item_bias=true history=1",
                "loss=bpr optimizer=adagrad attribute_weight=1",
                "loss=mine candidates=uniform:128 own_shrinkage=0",
                "loss=ccl candidates=popularity:64:0.7 regularization=0.01",
                "loss=mine+ similarity=dot temperature=1 optimizer=sgd candidate_weight=-0.2"
            })
    void withAttributesToo(String text) {
        String[] pairs = (text + " epochs=2").split(" ");
        int blocks = (WITHOUT_SOME.users() + 59) / 60;
        SerialShards.Trained trained = SerialShards.train(settings(pairs), blocks, List.of(WITHOUT_SOME), SIGNS, 2);
        Matrix[] expected = oneMachine(settings(pairs), blocks, WITHOUT_SOME, SIGNS);
        assertThat(trained.users().get(0).values()).isEqualTo(expected[0].values());
        assertThat(trained.result().shared().values()).isEqualTo(expected[1].values());
        AttributeVectors kept = trained.result().attributes().items().orElseThrow();
        assertThat(kept.vectors().values()).isEqualTo(expected[2].values());
    }

    /** A whole run with the items stepping in the engine, in the order and with the draws of shard 0. */
    private static Matrix[] oneMachine(
            EmbeddingSettings settings, int blocks, Interactions train, Attributes attributes) {
        TrainOptions options = settings.options();
        Objective objective = Objective.of(settings.loss(), options);
        Kernels kernels = KernelProvider.best();
        try (Workers workers = new Workers(1)) {
            Matrix[] start = Initializer.BY_OPTIONS.parameters(train, options, workers, kernels);
            if (options.encoder().itemBias()) {
                BiasColumn.clear(start);
            }
            if (options.encoder().history() > 0) {
                ItemHistory.clear(start[0], train);
            }
            Targets targets = Targets.of(train, options);
            AttributeLayers layers = AttributeLayers.ofItems(attributes, options);
            Encoders encoders = Encoders.of(train, targets, start, layers, objective, options, workers, kernels);
            BlockEngine engine =
                    new BlockEngine(objective, options, encoders.users(), encoders.items(), targets, workers, kernels);
            CandidateSampler all = CandidateSampler.of(objective.candidates(), train, true);
            CandidateSampler sampler = attributes.isEmpty() ? all : all.ofTrained();
            long seed = Streams.ofPart(options.run().seed(), 0);
            int epochs = options.optimization().epochs();
            for (int m = 0; m < epochs * blocks; m++) {
                int[] order = IntStream.range(0, train.users()).toArray();
                Random64 random = Streams.ofEpoch(seed, m / blocks);
                random.shuffle(order);
                int[] block = Arrays.copyOfRange(
                        order, order.length * (m % blocks) / blocks, order.length * (m % blocks + 1) / blocks);
                long step = (long) m << 24;
                double rate = options.optimization().learningRate() * (1 - m / (double) (epochs * blocks));
                engine.step(block, sampler.draw(block, seed, step), rate, Streams.seedOfStep(seed, step));
            }
            Matrix vectors = new Matrix(attributes.columns(), options.encoder().dimension());
            for (Matrix w : layers.tables()) {
                KernelProvider.scalar()
                        .axpy(
                                (float) options.encoder().attributeWeight(),
                                w.values(),
                                0,
                                vectors.values(),
                                0,
                                w.values().length);
            }
            return new Matrix[] {encoders.users().snapshot(), encoders.items().snapshot(), vectors};
        }
    }

    /** Derivatives of shards add up to those of one block of all users. */
    @Test
    void shardsAddUpToOneStepOfAllUsers() {
        String[] plain = {"epochs=1", "block_size=1000", "optimizer=sgd", "start=random", "learning_rate=0.5"};
        EmbeddingSettings settings = settings(plain);
        ShardRun run = ShardRun.of(settings, SerialShards.totals(divided(3), settings), 1);
        ShardRun alone = ShardRun.of(settings, SerialShards.totals(List.of(TRAIN), settings), 1);
        try (Workers workers = new Workers(2)) {
            Matrix items = SpectralInit.random(TRAIN.items(), 16, 0.2, 7).directions();
            Matrix users = SpectralInit.random(TRAIN.users(), 16, 0.2, 8);
            SharedItems shared = SharedItems.of(items, 1);
            UserShard.Stretch whole =
                    new UserShard(alone, 0, TRAIN, null, ShardState.first(users), workers).meet(shared);
            float[] sum = new float[whole.gradient().length];
            double loss = 0;
            for (int p = 0; p < 3; p++) {
                Matrix own = new Matrix(divided(3).get(p).users(), 16);
                for (int u = 0; u < own.rows(); u++) {
                    own.setRow(u, users.row(u * 3 + p));
                }
                UserShard.Stretch part =
                        new UserShard(run, p, divided(3).get(p), null, ShardState.first(own), workers).meet(shared);
                loss += part.loss();
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += part.gradient()[k];
                }
            }
            assertThat(loss).isCloseTo(whole.loss(), within(1e-4 * Math.abs(whole.loss())));
            double largest = 0;
            for (int k = 0; k < items.values().length; k++) {
                largest = Math.max(largest, Math.abs(whole.gradient()[k]));
            }
            for (int k = 0; k < items.values().length; k++) {
                assertThat((double) sum[k]).isCloseTo(whole.gradient()[k], within(1e-5 * largest));
            }
            // Behind the derivatives: how many steps an item took part in, one in each shard.
            assertThat(whole.gradient()[items.values().length]).isEqualTo(1);
            assertThat(sum[items.values().length]).isEqualTo(3);
        }
    }

    @Test
    void theTemperatureOfTheStartIsThatOfOneMachine() {
        EmbeddingSettings rule = settings("temperature_rule=closed-form", "epochs=1");
        try (Workers workers = new Workers(1)) {
            Matrix[] start = Initializer.SPECTRAL.parameters(TRAIN, rule.options(), workers, KernelProvider.best());
            double t = TemperatureRule.filledIn(rule.options(), Objective.of(rule.loss(), rule.options()), TRAIN, start)
                    .objective()
                    .temperature();
            assertThat(t).isNotEqualTo(0.2).isBetween(0.02, 0.99);
            assertThat(temperature(rule, List.of(TRAIN))).isEqualTo(t);
            assertThat(temperature(rule, divided(3))).isCloseTo(t, within(1e-3 * t));
        }
    }

    private static double temperature(EmbeddingSettings settings, List<Interactions> rows) {
        return SerialShards.train(settings, 1, rows, 2)
                .result()
                .run()
                .options()
                .objective()
                .temperature();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "candidates=uniform:100", "item_bias=true history=1 temperature_rule=closed-form"})
    void threadsDoNotChangeBits(String more) {
        String[] pairs = ("epochs=2 " + more).strip().split(" ");
        SerialShards.Trained one = SerialShards.train(settings(pairs), 3, divided(3), 1);
        SerialShards.Trained four = SerialShards.train(settings(pairs), 3, divided(3), 4);
        assertThat(four.result().items().values())
                .isEqualTo(one.result().items().values());
        assertThat(four.result().shared())
                .usingRecursiveComparison()
                .isEqualTo(one.result().shared());
        for (int p = 0; p < 3; p++) {
            assertThat(four.users().get(p).values())
                    .isEqualTo(one.users().get(p).values());
        }
    }

    @Test
    void threadsDoNotChangeBitsOfAttributes() {
        String[] pairs = {"epochs=2", "item_bias=true"};
        SerialShards.Trained one = SerialShards.train(settings(pairs), 3, divided(WITHOUT_SOME, 3), SIGNS, 1);
        SerialShards.Trained four = SerialShards.train(settings(pairs), 3, divided(WITHOUT_SOME, 3), SIGNS, 4);
        assertThat(four.result().items().values())
                .isEqualTo(one.result().items().values());
        assertThat(four.result().attributes())
                .usingRecursiveComparison()
                .isEqualTo(one.result().attributes());
    }

    /** Without weight the run is that of no attributes. */
    @Test
    void withoutWeightAttributesAreNothing() {
        SerialShards.Trained plain = SerialShards.train(settings("epochs=1"), 2, divided(WITHOUT_SOME, 2), 2);
        SerialShards.Trained none =
                SerialShards.train(settings("epochs=1", "attribute_weight=0"), 2, divided(WITHOUT_SOME, 2), SIGNS, 2);
        assertThat(none.result().items().values())
                .isEqualTo(plain.result().items().values());
        assertThat(none.result().attributes().isEmpty()).isTrue();
        assertThat(none.result().items().row(COLD)).containsOnly(0);
    }

    /** New items are ranked as one machine ranks them: better than by the attributes of others. */
    @ParameterizedTest
    @ValueSource(strings = {"candidates=all", "item_bias=true"})
    void newItemsAreRankedAsOnOneMachine(String more) {
        EmbeddingSettings settings = settings(more, "epochs=15", "learning_rate=0.03");
        Dataset data =
                COLD_SPLIT.withAttributes(Attributes.none(COLD_SPLIT.users().size()), SIGNS);
        double one = ndcgOfCold(new EmbeddingTrainer(settings.loss(), settings.options()).fit(data), data);
        int[] others = IntStream.range(0, SIGNS.rows())
                .map(i -> (i * 61 + 7) % SIGNS.rows())
                .toArray();
        double chance = ndcgOfCold(shards(settings, SIGNS.withRows(SIGNS.x().rows(others))), data);
        assertThat(ndcgOfCold(shards(settings, SIGNS), data))
                .as("beside %s of one machine and %s by chance", one, chance)
                .isGreaterThan(0.95 * one)
                .isGreaterThan(1.1 * chance);
    }

    /** Of all users of the split, in four shards. */
    private static FactorModel shards(EmbeddingSettings settings, Attributes attributes) {
        List<Interactions> parts = divided(COLD_SPLIT.train(), 4);
        SerialShards.Trained trained = SerialShards.train(settings, 0, parts, attributes, 2);
        Matrix users = new Matrix(COLD_SPLIT.users().size(), 16);
        for (int u = 0; u < users.rows(); u++) {
            users.setRow(u, trained.users().get(u % 4).row(u / 4));
        }
        return new FactorModel(
                        users,
                        trained.result().items(),
                        COLD_SPLIT.users(),
                        COLD_SPLIT.items(),
                        COLD_SPLIT.train(),
                        new ModelInfo("mf", Map.of(), Provenance.NONE))
                .withAttributes(trained.result().attributes());
    }

    private static double ndcgOfCold(FactorModel model, Dataset data) {
        Evaluator evaluator = Evaluator.at(10);
        try (Workers workers = new Workers(2)) {
            return EvaluatedModel.of("mf", model, data, evaluator, workers)
                    .among(true, evaluator, workers)
                    .orElseThrow()
                    .evaluation()
                    .metric("NDCG@10");
        }
    }

    /** Few meetings of several shards are as good as many steps of one machine. */
    @ParameterizedTest
    @ValueSource(strings = {"candidates=all", "item_bias=true history=1 learning_rate=0.03", "candidates=uniform:150"})
    void plantedTastesAreFoundAsOnOneMachine(String more) {
        String[] pairs = ("epochs=15 " + more).split(" ");
        EmbeddingSettings settings = settings(pairs);
        List<Interactions> parts = new ArrayList<>();
        Interactions all = PlantedFactors.NO_VALID.train();
        for (int p = 0; p < 4; p++) {
            int part = p;
            parts.add(Interactions.of(
                    all.items(),
                    IntStream.range(0, all.users())
                            .filter(u -> u % 4 == part)
                            .mapToObj(all::row)
                            .toArray(int[][]::new)));
        }
        SerialShards.Trained trained = SerialShards.train(settings, 0, parts, 2);
        Matrix users = new Matrix(all.users(), 16);
        for (int u = 0; u < users.rows(); u++) {
            users.setRow(u, trained.users().get(u % 4).row(u / 4));
        }
        FactorModel model = new FactorModel(
                users,
                trained.result().items(),
                PlantedFactors.NO_VALID.users(),
                PlantedFactors.NO_VALID.items(),
                all,
                new ModelInfo("mf", Map.of(), Provenance.NONE));
        double one = PlantedFactors.ndcg(
                new EmbeddingTrainer(settings.loss(), settings.options()).fit(PlantedFactors.NO_VALID));
        assertThat(PlantedFactors.ndcg(model))
                .as("beside %s of one machine and %s of popularity", one, PlantedFactors.popularity())
                .isGreaterThan(0.95 * one)
                .isGreaterThan(1.2 * PlantedFactors.popularity());
    }

    @Test
    void meetingsAreFewButNoFewerThanSteps() {
        TrainOptions options = TrainOptions.defaults().withEpochs(15);
        assertThat(Meetings.of(options, 1_000_000).perEpoch()).isEqualTo(20);
        assertThat(Meetings.of(options.withEpochs(7), 1_000_000).perEpoch()).isEqualTo(43);
        assertThat(Meetings.of(options, 1_441).perEpoch()).isEqualTo(4);
        assertThat(Meetings.of(options, 1).perEpoch()).isEqualTo(1);
        Meetings seven = new Meetings(2, 7);
        int last = 0;
        for (int m = 7; m < 14; m++) {
            assertThat(seven.first(25, m)).isEqualTo(last);
            last = seven.last(25, m);
        }
        assertThat(last).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"layers=2", "averaging=2", "recency=1", "teacher_items=5", "history_exponent=1", "epochs=0"})
    void whatShardsCannotDoIsRefused(String pair) {
        String name = pair.substring(0, pair.indexOf('='));
        assertThatThrownBy(() -> ShardRun.check(settings(pair)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(name + " = " + pair.substring(name.length() + 1));
    }
}
