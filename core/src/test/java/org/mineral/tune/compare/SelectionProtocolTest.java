package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.Plan;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.eval.Evaluator;
import org.mineral.model.Model;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Point;
import org.mineral.tune.search.SearchBudget;
import org.mineral.tune.search.Tuning;

@Tag("slow")
class SelectionProtocolTest {

    private static final Dataset DATA = Datasets.read("builtin:tastes:users=400,items=200");
    private static final SelectionProtocol PAPER = SelectionProtocol.DEFAULTS.paper();
    private static final SelectionProtocol RETRAIN = SelectionProtocol.DEFAULTS.retrained(true);

    private static final Map<String, String> SETTINGS =
            Map.of("dimension", "8", "block_size", "64", "learning_rate", "0.2");

    private static Comparison comparison(SelectionProtocol selection) {
        return Comparison.of(DATA)
                .losses(List.of("mine+"))
                .budget(Budget.epochs(5))
                .settings(SETTINGS)
                .selection(selection)
                .threads(2)
                .listener(new Repeating());
    }

    /** The epoch is the best on the test part, the model is trained on all of train, and knows that it was chosen so. */
    @Test
    void thePaperProtocolChoosesOnTheTestPartAndReportsIt() {
        ConfiguredAlgorithm<?> algorithm =
                ModelSpec.parse("mine+(dimension=8,epochs=5)").configured();
        List<Double> seen = new ArrayList<>();
        FitListener listener = new FitListener() {
            @Override
            public boolean epoch(Epoch epoch) {
                seen.add(epoch.validation());
                return true;
            }
        };
        FitContext context = FitContext.defaults().withListener(listener);
        Fit<? extends Model> result = PaperProtocol.train(algorithm, DATA, context);
        double best = seen.stream().mapToDouble(v -> v).max().orElseThrow();
        assertThat(seen).hasSize(5);
        assertThat(seen.get(result.bestEpoch() - 1)).isEqualTo(best);
        assertThat(Evaluator.at(20).evaluate(result.model(), DATA.test()).metric("NDCG@20"))
                .isEqualTo(best);
        assertThat(result.model().known().size())
                .isEqualTo(DATA.train().size() + DATA.valid().size());
        assertThat(PaperProtocol.made(result.model())).isTrue();
        assertThat(PaperProtocol.made(algorithm.fit(DATA, FitContext.defaults()).model()))
                .isFalse();
    }

    /** Ranking after each epoch takes memory, whichever part is ranked. */
    @Test
    void thePlanKnowsThatTheTestPartIsRankedAfterEachEpoch() {
        ConfiguredAlgorithm<?> algorithm =
                ModelSpec.parse("mine+(dimension=8,epochs=1)").configured();
        FitContext context = FitContext.defaults();
        Plan plan = PaperProtocol.train(algorithm, DATA, context).plan();
        Plan unjudged = algorithm.plan(DATA.withValidInTrain(), context);
        assertThat(plan.rankedUsers())
                .isEqualTo(DATA.test().users() - DATA.test().emptyRows());
        assertThat(unjudged.rankedUsers()).isZero();
        assertThat(plan.bytesEstimate()).isGreaterThan(unjudged.bytesEstimate());
    }

    @Test
    void aComparisonByThePaperProtocolIsOptimisticAllThrough() {
        ComparisonResult result = comparison(PAPER).run();
        assertThat(result.optimistic()).isTrue();
        assertThat(result.selection()).isEqualTo("paper");
        assertThat(result.protocol().get(0)).startsWith("OPTIMISTIC");
        assertThat(result.data().valid()).isZero();
        Entry entry = result.entries().get(0);
        assertThat(entry.metric("NDCG@20"))
                .isEqualTo(entry.curve().stream()
                        .mapToDouble(Point::validation)
                        .max()
                        .orElseThrow());
        assertThat(entry.commands().get(0)).contains(" paper ");
        assertThat(comparison(SelectionProtocol.DEFAULTS).run().optimistic()).isFalse();
    }

    /** The same epochs of the same schedule on more data: what {@link EmbeddingTrainer} makes of them when told to stop there. */
    @Test
    void retrainingUsesAllOfTrainForTheEpochsThatWereBest() {
        ComparisonResult chosen = comparison(SelectionProtocol.DEFAULTS).run();
        ComparisonResult again = comparison(RETRAIN).run();
        Entry before = chosen.entries().get(0);
        Entry entry = again.entries().get(0);
        assertThat(again.selection()).isEqualTo("validation, retrained");
        assertThat(entry.bestEpoch()).isEqualTo(before.bestEpoch());
        assertThat(entry.metrics()).isNotEqualTo(before.metrics());
        ComparedModel compared = ComparedModel.of("mine+", SETTINGS, 42).epochs(5);
        FitListener stop = new FitListener() {
            @Override
            public boolean epoch(Epoch epoch) {
                return epoch.number() < entry.bestEpoch();
            }
        };
        Fit<? extends Model> last = compared.algorithm()
                .fit(DATA.withValidInTrain(), FitContext.defaults().withListener(stop));
        assertThat(Evaluator.at(20).evaluate(last.model(), DATA.test()).metric("NDCG@20"))
                .isCloseTo(entry.metric("NDCG@20"), within(1e-12));
        assertThat(entry.commands().get(0)).contains("retrained");
    }

    /** A search by the paper protocol reports the figure that its best trial was chosen by. */
    @Test
    void tuningByThePaperProtocolEndsWithTheFigureItChoseBy() {
        Tuning.Outcome outcome = Tuning.of(DATA)
                .losses(List.of("mine+"))
                .budget(SearchBudget.points(3))
                .epochs(3)
                .settings(Map.of("dimension", "8"))
                .seed(3)
                .threads(2)
                .selection(PAPER)
                .run();
        assertThat(outcome.result().optimistic()).isTrue();
        assertThat(outcome.result().last().metrics().get("NDCG@20"))
                .isEqualTo(outcome.result().chosen().validation());
        assertThat(PaperProtocol.made(outcome.model())).isTrue();
    }

    @Test
    void retrainingByThePaperProtocolIsRefused() {
        assertThatThrownBy(() -> SelectionProtocol.DEFAULTS.retrained(true).paper())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing to retrain");
    }
}
