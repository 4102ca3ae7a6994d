package org.mineral.algorithm.embedding.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Distillation;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.candidate.CandidateSampler;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;

/** What the plan counts against the arrays that are really there. */
class MemoryEstimateTest {

    private static final int USERS = 3000;
    private static final int ITEMS = 2000;
    private static final Interactions TRAIN = interactions();
    private static final Interactions NONE = Interactions.empty(USERS, ITEMS);
    private static final Dataset DATA = Dataset.of("random", TRAIN, NONE, NONE);
    private static final TrainOptions OPTIONS = Config.defaults(TrainOptions.class)
            .with("dimension", 32)
            .with("block_size", 120)
            .with("epochs", 1);
    private static final long TABLE = 4L * 32 * (USERS + ITEMS);

    private static Interactions interactions() {
        SplittableRandom random = new SplittableRandom(3);
        int[][] rows = new int[USERS][];
        Arrays.setAll(rows, u -> random.ints(10, 0, ITEMS).toArray());
        return Interactions.of(ITEMS, rows);
    }

    private static int[][] others() {
        int[][] rows = new int[USERS][];
        Arrays.setAll(rows, u -> new int[] {
            IntStream.range(0, ITEMS)
                    .filter(i -> !TRAIN.contains(u, i))
                    .findFirst()
                    .orElseThrow()
        });
        return rows;
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "mine+, all, auto, adam, 0, 0, 0",
        "mine+, uniform:700, auto, adam, 0, 0, 0",
        "mine+, all, dot, adagrad, 1, 0, 0",
        "ccl, all, auto, sgd, 1, -0.5, 0",
        "bpr, uniform:100, auto, adam, 0, 0, 0",
        "mine+, all, auto, adam, 0, 0, 1",
        "mine+, all, auto, adam, 0, 0, 3"
    })
    void theEngineAllocatesTheCountedBytes(
            String loss,
            String candidates,
            String similarity,
            String optimizer,
            double history,
            double weight,
            int layers) {
        TrainOptions options = OPTIONS.with("candidates", candidates)
                .with("similarity", similarity)
                .with("optimizer", optimizer)
                .with("history", history)
                .with("candidate_weight", weight)
                .with("layers", layers);
        Objective objective = Objective.of(Losses.of(loss), options);
        Kernels kernels = KernelProvider.best();
        try (Workers workers = new Workers(2)) {
            Matrix[] start = {SpectralInit.random(USERS, 32, 1, 1), SpectralInit.random(ITEMS, 32, 1, 2)};
            Targets targets = Targets.of(TRAIN, options);
            Encoders encoders = Encoders.of(TRAIN, targets, start, objective, options, workers, kernels);
            Encoder users = encoders.users();
            Encoder items = encoders.items();
            BlockEngine engine = new BlockEngine(objective, options, users, items, targets, workers, kernels);
            CandidateSampler sampler = CandidateSampler.of(candidates, TRAIN, true);
            int[] block = IntStream.range(0, 120).toArray();
            engine.step(block, sampler.draw(block, 1, 0), 0.01, 1);
            long counted = MemoryEstimate.of(DATA, objective, options, sampler.capacity(120))
                    .engine();
            Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
            long there = arrays(engine, met) + arrays(users, met) + arrays(items, met);
            assertThat((double) counted / there).isCloseTo(1, within(0.1));
            Set<Object> again = Collections.newSetFromMap(new IdentityHashMap<>());
            long encoded = arrays(users, again) + arrays(items, again);
            assertThat((double) (users.bytes() + items.bytes()) / encoded).isCloseTo(1, within(0.02));
            assertThat((double) Encoders.bytes(TRAIN, objective, options) / encoded)
                    .isCloseTo(1, within(0.02));
        }
    }

    @Test
    void dataTakeTheCountedBytes() {
        long counted = MemoryEstimate.of(DATA, Objective.of(Losses.mine(), OPTIONS), OPTIONS, ITEMS)
                .data();
        Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
        long there = arrays(DATA.train(), met)
                + arrays(DATA.valid(), met)
                + arrays(DATA.users(), met)
                + arrays(DATA.items(), met);
        // NONE is both validation and test.
        there += 4L * USERS;
        assertThat((double) counted / there).isCloseTo(1, within(0.15));
    }

    @Test
    void aCopyIsKeptForTheResultAndForTheAveragesAndOneMoreWithValidation() {
        Objective objective = Objective.of(Losses.mine(), OPTIONS);
        long plain = MemoryEstimate.of(DATA, objective, OPTIONS, ITEMS).copies();
        long averaged = MemoryEstimate.of(DATA, objective, OPTIONS.with("averaging", 1.0), ITEMS)
                .copies();
        Dataset validated = Dataset.of("validated", TRAIN, Interactions.of(ITEMS, others()), NONE);
        long judged = MemoryEstimate.of(validated, objective, OPTIONS, ITEMS).copies();
        assertThat(plain).isEqualTo(TABLE);
        assertThat(averaged).isEqualTo(2 * TABLE);
        assertThat(judged)
                .isEqualTo(2 * TABLE
                        + 2 * 4L * 32 * ITEMS
                        + 4L * (TRAIN.size() + validated.valid().size()));
    }

    @Test
    void theSpectralStartHoldsTheTransposeTwoWideTablesAndAtTheEndTwoOfTheFirstSide() {
        Objective objective = Objective.of(Losses.mine(), OPTIONS);
        long start = MemoryEstimate.of(DATA, objective, OPTIONS, ITEMS).start();
        long wide = 4L * 48 * (USERS + ITEMS);
        assertThat(start).isGreaterThan(wide + 4L * TRAIN.size() + 2 * 4L * 32 * USERS);
        assertThat(MemoryEstimate.of(DATA, objective, OPTIONS.with("start", "random"), ITEMS)
                        .start())
                .isEqualTo(TABLE);
    }

    @Tag("slow")
    @Test
    void aTeacherTakesItsTablesAndRowsThatHoldItsLessons() {
        Objective objective = Objective.of(Losses.mine(), OPTIONS);
        MemoryEstimate alone = MemoryEstimate.of(DATA, objective, OPTIONS, ITEMS);
        MemoryEstimate taught = MemoryEstimate.of(DATA, objective, OPTIONS.with("teacher_items", 10), ITEMS);
        Matrix[] tables = {SpectralInit.random(USERS, 32, 1, 1), SpectralInit.random(ITEMS, 32, 1, 2)};
        FactorModel teacher = new FactorModel(
                tables[0], tables[1], DATA.users(), DATA.items(), TRAIN, ModelInfo.of(FactorModel.NAME));
        try (Workers workers = new Workers(1)) {
            Targets targets = Distillation.taught(Targets.of(TRAIN, OPTIONS), teacher, 10, 0.1, workers);
            Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
            long there = arrays(targets.rows(), met) + arrays(targets.counts(), met);
            assertThat((double) (taught.engine() - alone.engine()) / there).isCloseTo(1, within(0.02));
        }
        assertThat(alone.beside(TRAIN, 32).data() - alone.data()).isEqualTo(TABLE + 4L * 32 * ITEMS);
    }

    @Test
    void theHeapIsNoSmallerThanWhatItHolds() {
        MemoryEstimate memory = new MemoryEstimate(1_000_000, 2_000_000, 3_000_000, 500_000);
        assertThat(memory.peak()).isEqualTo((40 << 20) + 4_500_000);
        assertThat(memory.heap()).isBetween(memory.peak(), 2 * memory.peak());
    }

    /** Bytes of the arrays and strings that can be reached through Mineral's own objects, each once. */
    private static long arrays(Object from, Set<Object> met) {
        if (from == null || !met.add(from)) {
            return 0;
        }
        Class<?> type = from.getClass();
        if (type.isArray()) {
            return array(from, met);
        }
        if (from instanceof String text) {
            return 24 + (16 + text.length() + 7) / 8 * 8;
        }
        boolean elsewhere = !type.getName().startsWith("org.mineral")
                || from instanceof Workers
                || from instanceof Kernels
                || from == TRAIN && met.size() > 1;
        if (elsewhere || type.isEnum()) {
            return 0;
        }
        long sum = 0;
        for (Class<?> part = type;
                part != null && part.getName().startsWith("org.mineral");
                part = part.getSuperclass()) {
            for (Field field : part.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    try {
                        sum += arrays(field.get(from), met);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
        return sum;
    }

    private static long array(Object array, Set<Object> met) {
        int n = Array.getLength(array);
        if (array instanceof Object[] objects) {
            long sum = 4L * n;
            for (Object object : objects) {
                sum += arrays(object, met);
            }
            return sum;
        }
        boolean wide = array instanceof long[] || array instanceof double[];
        boolean narrow = array instanceof byte[] || array instanceof boolean[];
        return (wide ? 8L : narrow ? 1L : 4L) * n;
    }
}
