package org.mineral.tune.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.eval.Evaluation;
import org.mineral.eval.Evaluator;
import org.mineral.eval.Intervals;
import org.mineral.eval.PopularityStrata;
import org.mineral.eval.information.Information;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.Population;
import org.mineral.model.VectorModel;
import org.mineral.tune.compare.ComparisonResult.Range;
import org.mineral.tune.compare.ComparisonResult.Stratum;

/**
 * Evaluates models on a test part, all over the same users, so that values can be paired: the users whom every model trained on these data
 * can rank for.
 */
public final class TestEvaluator implements AutoCloseable {

    public static final String METRIC = "NDCG@20";
    private static final String RECALL = "Recall@20";

    private final Population population;
    private final Interactions test;
    private final Evaluator evaluator;
    private final Workers workers;
    private final long seed;

    /** @param trained training data of the models: the train part, or all known interactions */
    public TestEvaluator(Dataset data, Interactions trained, int threads, long seed) {
        this.population = Population.of(trained, data.seen());
        this.test = data.test();
        this.evaluator = Evaluator.at(10, 20, 50).withStrata(PopularityStrata.of(data.train()));
        this.workers = new Workers(threads);
        this.seed = seed;
    }

    Population population() {
        return population;
    }

    /** Number of users over whom metrics are averaged. */
    public int users() {
        int users = 0;
        for (int u = 0; u < test.users(); u++) {
            users += test.count(u) > 0 && population.hasUser(u) ? 1 : 0;
        }
        return users;
    }

    /**
     * {@link #METRIC} on the validation part, over users with training interactions; others would be folded in from the validation
     * interactions themselves.
     */
    static double validation(Model model, Dataset data, Workers workers) {
        Interactions train = data.train();
        Interactions valid = data.valid();
        int[][] rows = new int[valid.users()][];
        for (int u = 0; u < rows.length; u++) {
            rows[u] = train.count(u) > 0 ? valid.row(u) : new int[0];
        }
        return Evaluator.at(20)
                .evaluate(model, Interactions.of(valid.items(), rows), train, null, workers)
                .metric(METRIC);
    }

    public Evaluation evaluate(Model model) {
        return evaluator.evaluate(model, test, population.known(), null, workers);
    }

    /**
     * The information of the scores about the test pairs beyond popularity, among items without known interactions; null for models without
     * vectors.
     */
    Information.@Nullable Result information(Model model) {
        return model.as(VectorModel.class)
                .map(factors -> Information.of(factors).measure(test, population.known(), workers))
                .orElse(null);
    }

    /** @param values by metric, then by seed, then by user */
    public Map<String, Range> intervals(Map<String, double[][]> values) {
        Map<String, Range> intervals = new LinkedHashMap<>();
        values.forEach((metric, bySeed) -> {
            Intervals.Interval interval = Intervals.bootstrap(bySeed, seed);
            intervals.put(metric, new Range(interval.low(), interval.high()));
        });
        return intervals;
    }

    static List<Stratum> strata(Evaluation evaluation) {
        return evaluation.strata().stream()
                .map(s -> new Stratum(s.stratum(), s.items(), s.recall().getOrDefault(RECALL, Double.NaN)))
                .toList();
    }

    /** Per-user values of the metrics with intervals and tests: by metric, then one seed, then by user. */
    public static Map<String, double[][]> values(Evaluation evaluation) {
        Map<String, double[][]> values = new LinkedHashMap<>();
        for (String metric : List.of(RECALL, METRIC)) {
            double[] users = evaluation.perUser().values().get(metric);
            if (users == null) {
                throw new IllegalStateException("no values of " + metric);
            }
            values.put(metric, new double[][] {users});
        }
        return values;
    }

    @Override
    public void close() {
        workers.close();
    }
}
