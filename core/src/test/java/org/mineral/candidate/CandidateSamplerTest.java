package org.mineral.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;

class CandidateSamplerTest {

    private static final int ITEMS = 12;
    private static final int USERS = 30;
    private static final Interactions TRAIN = skewed();
    private static final double[] SCORES =
            new SplittableRandom(5).doubles(ITEMS, -1, 2).toArray();

    /** Item j with chance 1/(j+1); item 11 with none, user 0 without items. */
    private static Interactions skewed() {
        SplittableRandom random = new SplittableRandom(3);
        int[][] rows = new int[USERS][];
        for (int u = 0; u < USERS; u++) {
            boolean idle = u == 0;
            rows[u] = IntStream.range(0, ITEMS - 1)
                    .filter(j -> !idle && (j == 0 || random.nextDouble() < 1.0 / (j + 1)))
                    .toArray();
        }
        return Interactions.of(ITEMS, rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uniform:5", "popularity:5", "popularity:7:0.5", "popularity:5:0", "in-batch", "mixed:6"})
    void importanceWeightsMakeTheSumUnbiased(String setting) {
        double truth = IntStream.range(0, ITEMS)
                .filter(j -> !setting.equals("in-batch") || TRAIN.itemCounts()[j] > 0)
                .mapToDouble(j -> Math.exp(SCORES[j]))
                .sum();
        double[] z = simulate(CandidateSampler.of(setting, TRAIN, true), truth);
        assertThat(Math.abs(z[0])).as("standard errors from the truth").isLessThan(4);
        assertThat(z[1]).as("relative standard error").isLessThan(0.01);
    }

    /** Item 11 has no interactions; the mean over the others is estimated without a bias. */
    @ParameterizedTest
    @ValueSource(strings = {"all", "uniform:5", "popularity:5", "popularity:7:0.5", "in-batch", "mixed:6"})
    void ofTrainedItemsNoOtherIsDrawn(String setting) {
        CandidateSampler sampler = CandidateSampler.of(setting, TRAIN, true).ofTrained();
        int[] users = IntStream.range(0, USERS).toArray();
        double truth = IntStream.range(0, ITEMS - 1)
                        .mapToDouble(j -> Math.exp(SCORES[j]))
                        .sum()
                / (ITEMS - 1);
        double sum = 0;
        int steps = 20_000;
        for (int step = 0; step < steps; step++) {
            Candidates drawn = sampler.draw(users, 7, step);
            int[] items = java.util.Objects.requireNonNull(drawn.items());
            assertThat(items.length).isLessThanOrEqualTo(sampler.capacity(USERS));
            for (int k = 0; k < items.length; k++) {
                assertThat(items[k]).isLessThan(ITEMS - 1);
                float[] relative = drawn.relative();
                sum += (relative == null ? 1 : relative[k]) * Math.exp(SCORES[items[k]]) / drawn.draws();
            }
        }
        assertThat(sum / steps).isCloseTo(truth, org.assertj.core.data.Offset.offset(0.02 * truth));
        assertThat(sampler.exact()).isFalse();
    }

    @Test
    void whereAllItemsHaveInteractionsNothingChanges() {
        Interactions all = Interactions.of(2, new int[] {0}, new int[] {1});
        CandidateSampler sampler = CandidateSampler.of("all", all, true);
        assertThat(sampler.ofTrained()).isSameAs(sampler);
    }

    /** Some of the users' items, and what all of them took: an item that only others took is drawn too. */
    @ParameterizedTest
    @ValueSource(strings = {"uniform:40", "popularity:40", "mixed:40", "all"})
    void whatOthersTookIsDrawn(String setting) {
        Interactions some = Interactions.of(5, new int[] {0, 1}, new int[] {1, 3});
        CandidateSampler sampler = CandidateSampler.of(setting, some, true).ofTrained(new int[] {1, 4, 2, 1, 0});
        assertThat(sampler.exact()).isFalse();
        Set<Integer> drawn = new TreeSet<>();
        for (int step = 0; step < 20; step++) {
            Arrays.stream(java.util.Objects.requireNonNull(
                            sampler.draw(new int[] {0, 1}, 7, step).items()))
                    .forEach(drawn::add);
        }
        assertThat(drawn).containsExactly(0, 1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"popularity:5", "in-batch", "mixed:6"})
    void withoutCorrectionTheSumIsBiased(String setting) {
        double truth = Arrays.stream(SCORES).map(Math::exp).sum();
        assertThat(Math.abs(simulate(CandidateSampler.of(setting, TRAIN, false), truth)[0]))
                .isGreaterThan(10);
    }

    /** Distance of the mean estimate from the truth in standard errors, and the standard error over the truth. */
    private static double[] simulate(CandidateSampler sampler, double truth) {
        SplittableRandom random = new SplittableRandom(11);
        int steps = 60_000;
        double sum = 0;
        double squares = 0;
        for (int step = 0; step < steps; step++) {
            int[] block = block(random, 8);
            Candidates drawn = sampler.draw(block, 7, step);
            double total = 0;
            for (int k = 0; k < drawn.items().length; k++) {
                total += drawn.relative()[k] * Math.exp(SCORES[drawn.items()[k]]);
            }
            double estimate = total * ITEMS / drawn.draws();
            sum += estimate;
            squares += estimate * estimate;
        }
        double mean = sum / steps;
        double error = Math.sqrt((squares / steps - mean * mean) / steps);
        return new double[] {(mean - truth) / error, error / truth};
    }

    /** A random set of the users that have items, as the engine's blocks are. */
    private static int[] block(SplittableRandom random, int size) {
        int[] users = IntStream.range(1, USERS).toArray();
        for (int k = 0; k < size; k++) {
            int other = k + random.nextInt(users.length - k);
            int user = users[k];
            users[k] = users[other];
            users[other] = user;
        }
        return Arrays.copyOf(users, size);
    }

    @Test
    void drawsAreDistinctAscendingAndCounted() {
        Candidates drawn = CandidateSampler.of("uniform:40", TRAIN, false).draw(new int[] {1}, 1, 1);
        assertThat(drawn.draws()).isEqualTo(40);
        assertThat(drawn.items()).isSorted().doesNotHaveDuplicates().hasSameSizeAs(drawn.relative());
        double total = 0;
        for (float weight : drawn.relative()) {
            total += weight;
        }
        assertThat(total).isEqualTo(40);
    }

    @Test
    void aDrawDependsOnSeedAndStepAlone() {
        CandidateSampler sampler = CandidateSampler.of("mixed:9", TRAIN, true);
        int[] users = {4, 5, 6, 7};
        assertThat(sampler.draw(users, 3, 8).items())
                .isEqualTo(sampler.draw(users, 3, 8).items());
        assertThat(sampler.draw(users, 1, 3, 3, 8).items())
                .isEqualTo(sampler.draw(new int[] {5, 6}, 3, 8).items());
        CandidateSampler wide = CandidateSampler.of("uniform:9", Interactions.empty(1, 1_000_000), true);
        int[] here = wide.draw(users, 3, 8).items();
        assertThat(wide.draw(users, 3, 9).items()).isNotEqualTo(here);
        assertThat(wide.draw(users, 4, 8).items()).isNotEqualTo(here);
    }

    @Test
    void inBatchTakesOneItemOfEachUserWhoHasAny() {
        Candidates drawn = CandidateSampler.of("in-batch", TRAIN, true).draw(new int[] {0, 1, 2}, 1, 1);
        assertThat(drawn.draws()).isEqualTo(2);
        assertThat(Arrays.stream(drawn.items())).allMatch(j -> TRAIN.contains(1, j) || TRAIN.contains(2, j));
    }

    @Test
    void allIsTheCatalogueWithoutADraw() {
        assertThat(CandidateSampler.of("all", TRAIN, true).draw(new int[] {1}, 1, 1))
                .isEqualTo(Candidates.all(ITEMS));
    }

    @ParameterizedTest
    @CsvSource({
        "unifrom:5, did you mean 'uniform'",
        "uniform, uniform:2048",
        "uniform:0, out of range",
        "uniform:x, not a whole number",
        "uniform:5:1, takes 1 number",
        "popularity:5:-1, out of range",
        "popularity:5:NaN, out of range",
        "popularity:99999999999, not a whole number",
        "in-batch:4, takes 0 number",
        "'', unknown kind"
    })
    void aSettingThatCannotBeReadIsRefused(String setting, String why) {
        assertThatThrownBy(() -> CandidateSpec.parse(setting))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("popularity:M:alpha");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "uniform:7", "popularity:9:0.5", "in-batch", "mixed:3"})
    void aSettingReadsBackAsWritten(String setting) {
        assertThat(CandidateSpec.parse(setting)).hasToString(setting);
    }
}
