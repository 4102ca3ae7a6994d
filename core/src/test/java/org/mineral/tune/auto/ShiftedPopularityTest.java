package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.eval.Evaluator;
import org.mineral.eval.RankMetric;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;

/** Generated data with a skew, and a test part in which items count alike. */
@Tag("slow")
class ShiftedPopularityTest {

    private static final HoldOut EVEN = new HoldOut(0.1, HoldOut.Order.POPULARITY);
    private static final ModelSpec SPEC = ModelSpec.ofLoss("mine+").with("dimension", "32");

    @Test
    void candidatesWeighWhereItemsCountAlike() {
        Dataset all = Datasets.read("builtin:tastes:users=1000,items=300").withValidInTrain();
        Dataset divided = all.holdOut(EVEN, 11);
        Dataset data = new Dataset(
                "shifted",
                divided.users(),
                divided.items(),
                divided.train(),
                Interactions.empty(divided.users().size(), divided.items().size()),
                divided.valid(),
                null,
                divided.report());
        SearchReport ordinary = DefaultSearch.of(SPEC).threads(2).search(data);
        SearchReport even = DefaultSearch.of(SPEC).threads(2).validation(EVEN).search(data);
        assertThat(ordinary.settings()).doesNotContainKey("candidate_weight");
        assertThat(even.heldOut()).isEqualTo("popularity:0.1");
        assertThat(Double.parseDouble(even.settings().get("candidate_weight"))).isGreaterThanOrEqualTo(0.5);
        assertThat(even.settings()).containsEntry("item_bias", "false");
        assertThat(ndcg(even, data)).isGreaterThan(1.1 * ndcg(ordinary, data));
    }

    @Test
    void candidatesWeighAlsoWhereTheLastIsAskedFor() {
        // The validation part that is there counts as the last interactions.
        Dataset data = Datasets.read("builtin:tastes:users=500,items=200");
        SearchReport last = DefaultSearch.of(SPEC)
                .threads(2)
                .validation(HoldOut.parse("last:0.1"))
                .search(data);
        assertThat(last.heldOut()).isEqualTo("valid");
        assertThat(last.trials())
                .anyMatch(trial -> trial.settings().containsKey("candidate_weight")
                        && "true".equals(trial.settings().getOrDefault("item_bias", "true")));
        assertThat(DefaultSearch.of(SPEC).threads(2).search(data).trials())
                .noneMatch(trial -> trial.settings().containsKey("candidate_weight"));
    }

    private static double ndcg(SearchReport report, Dataset data) {
        Model model = new ModelSpec(report.algorithm(), report.settings())
                .with(SPEC.settings())
                .configured()
                .fit(data, FitContext.defaults().withThreads(2))
                .model();
        try (Workers workers = new Workers(2)) {
            return Objects.requireNonNull(Evaluator.at(20)
                    .withMetrics(List.of(RankMetric.NDCG))
                    .evaluate(model, data.test(), data.seen(), null, workers)
                    .metrics()
                    .get("NDCG@20"));
        }
    }
}
