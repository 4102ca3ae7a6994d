package org.mineral.algorithm.embedding.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.example.ShrunkFactors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;

/** The contract of every encoder, and of their compositions. */
class EncoderTest {

    private static final int USERS = 23;
    private static final int ITEMS = 300;
    private static final int D = 6;
    private static final int[] BLOCK = {7, 0, 3, 22, 12, 4};
    private static final long SEED = 11;
    private static final Kernels KERNELS = KernelProvider.best();
    private static final Interactions TRAIN = interactions(3);

    /** Some of a user's positives are not in train, as with a teacher. */
    private static final Interactions OTHER = interactions(4);

    private interface Composition {
        Encoders of(Matrix[] start, Workers workers);
    }

    private record Case(String name, Interactions positives, Composition composition) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.concat(
                Stream.of(
                        new Case("users that are sums of items and nothing else", TRAIN, EncoderTest::mapAlone),
                        new Case("two maps", TRAIN, EncoderTest::twoMaps),
                        new Case("positives that are not in the map", OTHER, EncoderTest::mapAlone),
                        fromOptions("similarity=dot", TRAIN, false, new ShrunkFactors.Layers()),
                        fromOptions("similarity=cosine item_bias=true", TRAIN, true, new ShrunkFactors.Layers()),
                        attributed("similarity=dot"),
                        attributed("similarity=cosine item_bias=true history=0.7"),
                        attributed("similarity=cosine layers=2 edge_dropout=0.4")),
                Stream.of(
                                "similarity=dot",
                                "similarity=cosine",
                                "similarity=dot item_bias=true",
                                "similarity=cosine item_bias=true",
                                "similarity=dot history=0.7 history_exponent=0.3",
                                "similarity=cosine history=0.7",
                                "similarity=cosine history=0.7 item_bias=true",
                                "similarity=dot layers=1",
                                "similarity=dot layers=3",
                                "similarity=dot layers=2 edge_dropout=0.4",
                                "similarity=cosine layers=2 edge_dropout=0.4 history=0.5 item_bias=true")
                        .flatMap(text -> Stream.of(
                                fromOptions(text, TRAIN, false),
                                fromOptions(text, TRAIN, true),
                                fromOptions(text, OTHER, true))));
    }

    /** Shrinks own vectors, and adds those of attributes, which begin at 0; their derivatives are in {@link AttributeSumTest}. */
    private static Case attributed(String text) {
        Dataset data = Dataset.of("x", TRAIN, Interactions.empty(USERS, ITEMS), Interactions.empty(USERS, ITEMS))
                .withAttributes(
                        new Attributes(SparseMatrix.ofOnes(interactions(8)), IdMap.numbered(ITEMS)),
                        new Attributes(SparseMatrix.ofOnes(interactions(9).transpose()), IdMap.numbered(USERS)));
        return fromOptions(
                text,
                TRAIN,
                false,
                AttributeLayers.of(data, TrainOptions.defaults().with("optimizer", "sgd")));
    }

    private static Case fromOptions(String text, Interactions positives, boolean weighted) {
        return fromOptions(text, positives, weighted, ParameterLayers.NONE);
    }

    private static Case fromOptions(String text, Interactions positives, boolean weighted, ParameterLayers layers) {
        TrainOptions[] options = {TrainOptions.defaults().with("dimension", D).with("optimizer", "sgd")};
        for (String setting : text.split(" ")) {
            String[] pair = setting.split("=");
            options[0] = options[0].with(pair[0], pair[1]);
        }
        Objective objective = Objective.of(Losses.minePlus(1.2), options[0].withTemperature(0.3));
        float[] counts = weighted ? counts(positives) : null;
        return new Case(
                text + (positives == TRAIN ? "" : ", other positives") + (weighted ? ", weighted" : ""),
                positives,
                (start, workers) -> Encoders.of(
                        TRAIN,
                        Targets.of(positives, counts, options[0]),
                        start,
                        layers,
                        objective,
                        options[0],
                        workers,
                        KERNELS));
    }

    private static Encoder table(Matrix values) {
        return new TableEncoder(
                new ParameterTable(values, TrainOptions.defaults().with("optimizer", "sgd"), KERNELS));
    }

    private static SparseMap map(Encoder items, long seed) {
        return new SparseMap(TRAIN, counts(TRAIN), scales(USERS, seed), scales(ITEMS, seed + 1), items, KERNELS);
    }

    private static Encoders mapAlone(Matrix[] start, Workers workers) {
        Encoder items = table(start[1]);
        return new Encoders(map(items, 1), items);
    }

    private static Encoders twoMaps(Matrix[] start, Workers workers) {
        Encoder items = new Normalise(table(start[1]), KERNELS);
        return new Encoders(new SumEncoder(new SumEncoder(table(start[0]), map(items, 1)), map(items, 5)), items);
    }

    /**
     * {@code <J t, g> = <t, J^T g>} for random t and g: J t by a fourth-order difference of forward, {@code J^T g} by a step of gradient descent. For a
     * linear encoder J is L itself.
     */
    @ParameterizedTest
    @MethodSource("cases")
    void backwardIsTheAdjointOfForward(Case of) {
        Matrix[] at = {random(USERS, 1), random(ITEMS, 2)};
        Matrix[] t = {random(USERS, 3), random(ITEMS, 4)};
        Matrix[] g = {random(USERS, 5), random(ITEMS, 6)};
        float h = 1e-2f;
        try (Workers workers = new Workers(2)) {
            double[] values = new double[4];
            for (int k = 0; k < 4; k++) {
                values[k] = product(of, sum(at, h * new float[] {-2, -1, 1, 2}[k], t), g, workers);
            }
            double forward = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * h);
            Matrix[] moved = {at[0].copy(), at[1].copy()};
            step(of, moved, g, workers);
            double backward = dot(t[0], at[0], moved[0]) + dot(t[1], at[1], moved[1]);
            assertThat(Math.abs(forward)).isGreaterThan(0.1);
            assertThat(backward).isCloseTo(forward, within(2e-3 * (1 + Math.abs(forward))));
        }
    }

    /** The products of what forward makes of these parameters with g, over the block's users and all items. */
    private static double product(Case of, Matrix[] parameters, Matrix[] g, Workers workers) {
        Encoders encoders = of.composition.of(parameters, workers);
        forward(of, encoders);
        double sum = 0;
        for (int user : BLOCK) {
            sum += dot(encoders.users().vectors(), g[0], user);
        }
        for (int item = 0; item < ITEMS; item++) {
            sum += dot(encoders.items().vectors(), g[1], item);
        }
        return sum;
    }

    private static StepContext forward(Case of, Encoders encoders) {
        StepContext step = new StepContext(new UserBlock(of.positives, null));
        step.begin(BLOCK, 1, SEED);
        encoders.items().prepare(step);
        encoders.users().prepare(step);
        encoders.items().forward(RowSet.of(0, ITEMS), step);
        RowSet one = new RowSet(1);
        for (int slot = 0; slot < BLOCK.length; slot++) {
            encoders.users().forward(one.one(BLOCK[slot], slot), step);
        }
        return step;
    }

    private static void step(Case of, Matrix[] parameters, Matrix[] g, Workers workers) {
        Encoders encoders = of.composition.of(parameters, workers);
        StepContext step = forward(of, encoders);
        int n = g[0].stride();
        RowSet one = new RowSet(1);
        for (int slot = 0; slot < BLOCK.length; slot++) {
            int from = g[0].offset(BLOCK[slot]);
            float[] own = Arrays.copyOfRange(g[0].values(), from, from + n);
            encoders.users().backward(one.one(BLOCK[slot], slot), own, step);
        }
        for (int strip = 0; strip * Kernels.STRIP < ITEMS; strip++) {
            int first = strip * Kernels.STRIP;
            RowSet rows = RowSet.of(first, Math.min(Kernels.STRIP, ITEMS - first));
            float[] gradients = Arrays.copyOfRange(g[1].values(), first * n, (first + rows.count()) * n);
            for (Inflow inflow : encoders.users().inflows(encoders.items())) {
                int entry = inflow.begin(step, strip);
                for (int slot = 0; slot < BLOCK.length; slot++) {
                    entry = inflow.add(step, slot, entry, strip, gradients, rows.marked);
                }
            }
            encoders.items().backward(rows, gradients, step);
        }
        encoders.users().step(step);
        encoders.items().step(step);
    }

    /** Vectors of a fold-in or a saved model: what a step leaves out at random is in them. */
    @ParameterizedTest
    @ValueSource(strings = {"edge_dropout=0", "edge_dropout=0.4"})
    void outsideOfAStepNothingIsLeftOut(String dropout) {
        try (Workers workers = new Workers(1)) {
            Matrix plain = users("similarity=dot layers=2", workers).snapshot();
            Encoder users = users("similarity=dot layers=2 " + dropout, workers);
            assertThat(users.snapshot().values()).isEqualTo(plain.values());
        }
    }

    private static Encoder users(String settings, Workers workers) {
        return fromOptions(settings, TRAIN, false)
                .composition
                .of(new Matrix[] {random(USERS, 1), random(ITEMS, 2)}, workers)
                .users();
    }

    /** Whatever a saved vector has in it is gone from the settings that a model is trained on with, and nothing else. */
    @Test
    void encodersThatAreFoldedIntoVectorsAreLeftOutAfterwards() {
        try (Workers workers = new Workers(1)) {
            for (String setting : new String[] {"history=1", "layers=2", "layers=2 edge_dropout=0.4"}) {
                assertThat(users("similarity=cosine item_bias=true " + setting, workers)
                                .folded())
                        .isTrue();
            }
            assertThat(users("similarity=cosine item_bias=true", workers).folded())
                    .isFalse();
        }
        TrainOptions options = TrainOptions.defaults()
                .with("history", 1)
                .with("layers", 2)
                .with("edge_dropout", 0.4)
                .with("item_bias", true);
        assertThat(options.plain()).isEqualTo(TrainOptions.defaults().with("item_bias", true));
    }

    private static Matrix[] sum(Matrix[] a, float h, Matrix[] b) {
        Matrix[] sum = {a[0].copy(), a[1].copy()};
        for (int side = 0; side < 2; side++) {
            for (int row = 0; row < sum[side].rows(); row++) {
                for (int k = 0; k < D; k++) {
                    sum[side].set(row, k, a[side].get(row, k) + h * b[side].get(row, k));
                }
            }
        }
        return sum;
    }

    private static double dot(Matrix t, Matrix from, Matrix to) {
        double sum = 0;
        for (int row = 0; row < t.rows(); row++) {
            for (int k = 0; k < D; k++) {
                sum += t.get(row, k) * ((double) from.get(row, k) - to.get(row, k));
            }
        }
        return sum;
    }

    private static double dot(Matrix a, Matrix b, int row) {
        return IntStream.range(0, D)
                .mapToDouble(k -> (double) a.get(row, k) * b.get(row, k))
                .sum();
    }

    private static Matrix random(int rows, long seed) {
        return SpectralInit.random(rows, D, 0.7, seed);
    }

    private static float[] scales(int n, long seed) {
        return floats(new SplittableRandom(seed).doubles(n, 0.3, 1.5).toArray());
    }

    private static float[] counts(Interactions rows) {
        return floats(new SplittableRandom(8).doubles(rows.size(), 0.2, 2).toArray());
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int k = 0; k < floats.length; k++) {
            floats[k] = (float) values[k];
        }
        return floats;
    }

    private static Interactions interactions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] rows = new int[USERS][];
        Arrays.setAll(
                rows,
                u -> u == 4
                        ? new int[0]
                        : random.ints(3 + random.nextInt(12), 0, ITEMS).toArray());
        return Interactions.of(ITEMS, rows);
    }
}
