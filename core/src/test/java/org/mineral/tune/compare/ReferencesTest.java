package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.loss.Losses;

/** The models that a comparison of all losses has beside them. */
class ReferencesTest {

    private static final ModelSpec NEIGHBOURS = ModelSpec.of("item-knn");
    private static final ModelSpec EASE = ModelSpec.of("ease");

    private static Dataset items(int items) {
        int[][] rows = {{0, 1}, {1, items - 1}};
        Interactions none = Interactions.empty(2, items);
        return Dataset.of("two users", Interactions.of(items, rows), none, none);
    }

    @Test
    void easeIsLeftOutWhereItTakesLong() {
        assertThat(References.rivals(items(10_000), true, 2)).containsExactly(NEIGHBOURS, EASE);
        assertThat(References.rivals(items(12_000), true, 2)).containsExactly(NEIGHBOURS);
        // Without a search there is one inversion in place of seventeen.
        assertThat(References.rivals(items(12_000), false, 2)).containsExactly(NEIGHBOURS, EASE);
        assertThat(References.rivals(items(30_000), false, 2)).containsExactly(NEIGHBOURS);
    }

    @Test
    void aComparisonOfNothingInParticularHasThem() {
        Dataset data = Datasets.read("builtin:tastes:users=120,items=60");
        List<ModelSpec> compared = Comparison.of(data).compared();
        assertThat(compared).hasSize(Losses.compared().size() + 2).endsWith(NEIGHBOURS, EASE);
        assertThat(Comparison.of(data).losses(List.of("bpr")).compared()).hasSize(1);
    }

    @Test
    void theyAreMeasuredBesideTheLosses() {
        ComparisonResult result = Comparison.of(Datasets.read("builtin:tastes:users=120,items=60"))
                .budget(Budget.epochs(1))
                .settings(Map.of("dimension", "8"))
                .run();
        assertThat(result.entries())
                .filteredOn(entry -> !entry.failed())
                .extracting(ComparisonResult.Entry::name)
                .contains("mine+", "bpr", "item-knn", "ease");
    }
}
