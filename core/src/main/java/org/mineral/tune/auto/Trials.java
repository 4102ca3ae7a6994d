package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.SharedWork;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.eval.Evaluation;
import org.mineral.eval.Evaluator;
import org.mineral.eval.RankMetric;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;

/** Trains points of a search on the held-out parts, as far as its work allows, and remembers all of them. */
final class Trials {

    private static final int DEPTH = 20;
    private static final String METRIC = "NDCG@" + DEPTH;
    private static final String EPOCHS = "epochs";
    private static final String DIMENSION = "dimension";

    /** One start of each part in each dimension. */
    private record Start(int part, int dimension) {}

    private final ModelSpec given;
    private final Map<String, String> rule;
    private final HeldOut heldOut;
    private final FitContext context;
    private final SearchListener listener;
    private final Map<Start, SharedWork> starts = new HashMap<>();
    private final Map<Map<String, String>, Measured> done = new LinkedHashMap<>();
    private double spent;

    /** @param rule the first point's settings for the data that are trained on */
    Trials(ModelSpec given, Map<String, String> rule, HeldOut heldOut, FitContext context, SearchListener listener) {
        this.given = given;
        this.rule = rule;
        this.heldOut = heldOut;
        this.context = context;
        this.listener = listener;
    }

    double spent() {
        return spent;
    }

    /** The epochs of a point's schedule. */
    int epochs(Point point) {
        return number(spec(point), EPOCHS);
    }

    /** The gigaflops of a training that runs all of its epochs on a part. */
    double cost(Point point) {
        ModelSpec spec = spec(point);
        Dataset data = heldOut.first();
        int dimension = number(spec, DIMENSION);
        return number(spec, EPOCHS) * Work.epoch(data.train(), data.valid(), dimension)
                + Work.start(data.train(), dimension);
    }

    /**
     * Trains a point on every part, or on as many as the limit allows; again for nothing if that was done before.
     *
     * @param best the best so far, that it has to come up to; null for the first point, which is trained whatever it takes
     * @param limit of the gigaflops of all trainings together
     * @return null if the limit does not allow even one training
     */
    @Nullable
    Measured measure(Point point, @Nullable Measured best, double limit) {
        Map<String, String> settings = point.settings(rule);
        Measured known = done.get(settings);
        if (known != null || best != null && spent + cost(point) > limit) {
            return known;
        }
        Measured measured = new Measured(point);
        done.put(settings, measured);
        try {
            for (int part = 0; part < heldOut.parts().size() && goesOn(measured, best, limit); part++) {
                measured.add(run(point, part, toBeat(best, part), measured));
            }
        } catch (DivergedException | InputException e) {
            measured.failed(String.valueOf(e.getMessage()));
        }
        listener.trial(trial(measured), Math.min(1, spent / limit));
        return measured;
    }

    private boolean goesOn(Measured measured, @Nullable Measured best, double limit) {
        if (measured.runs().isEmpty() || best == null) {
            return true;
        }
        return measured.whole()
                && measured.runs().size() < best.runs().size()
                && spent + cost(measured.point()) <= limit;
    }

    private static double toBeat(@Nullable Measured best, int part) {
        return best == null ? Double.NaN : best.runs().get(part).best();
    }

    private Measured.Run run(Point point, int part, double toBeat, Measured measured) {
        ModelSpec spec = spec(point);
        Dataset data = heldOut.parts().get(part);
        Race race = new Race(toBeat);
        int dimension = number(spec, DIMENSION);
        Start start = new Start(part, dimension);
        boolean first = !starts.containsKey(start);
        try {
            Fit<? extends Model> fit = spec.configured()
                    .fit(
                            data,
                            context.withListener(race)
                                    .withShared(starts.computeIfAbsent(start, s -> new SharedWork())));
            double[] byUser = race.hopeless() ? new double[0] : byUser(fit.model(), data);
            return new Measured.Run(race.curve(), race.best(), race.bestEpoch(), byUser, race.hopeless());
        } finally {
            double work = race.curve().size() * Work.epoch(data.train(), data.valid(), dimension)
                    + (first ? Work.start(data.train(), dimension) : 0);
            spent += work;
            measured.spent(work);
        }
    }

    /** NDCG@20 of the users of whom something was learnt; NaN of the others. */
    private double[] byUser(Model model, Dataset data) {
        Interactions train = data.train();
        double[] values = new double[train.users()];
        Arrays.fill(values, Double.NaN);
        try (Workers workers = new Workers(context.threads())) {
            Evaluation evaluation = Evaluator.at(DEPTH)
                    .withMetrics(List.of(RankMetric.NDCG))
                    .evaluate(model, data.valid(), train, null, workers);
            int[] users = evaluation.perUser().userIndices();
            double[] found =
                    Objects.requireNonNull(evaluation.perUser().values().get(METRIC));
            for (int k = 0; k < users.length; k++) {
                values[users[k]] = train.count(users[k]) > 0 ? found[k] : Double.NaN;
            }
        }
        return values;
    }

    /** What was given goes first. */
    private ModelSpec spec(Point point) {
        return new ModelSpec(given.algorithm(), point.settings(rule)).with(given.settings());
    }

    static int number(ModelSpec spec, String setting) {
        return Integer.parseInt(spec.configured().describe().get(setting));
    }

    List<SearchReport.Trial> trials() {
        List<SearchReport.Trial> trials = new ArrayList<>();
        done.values().forEach(measured -> trials.add(trial(measured)));
        return trials;
    }

    private SearchReport.Trial trial(Measured measured) {
        List<Measured.Run> runs = measured.runs();
        return new SearchReport.Trial(
                differences(measured.point()),
                measured.whole() ? measured.value() : null,
                measured.bestEpoch(),
                runs.isEmpty() ? List.of() : runs.get(0).curve(),
                runs.stream().anyMatch(Measured.Run::hopeless),
                measured.work(),
                measured.failure());
    }

    private Map<String, String> differences(Point point) {
        Map<String, String> settings = new LinkedHashMap<>(point.settings(rule));
        settings.entrySet().removeIf(s -> s.getValue().equals(rule.get(s.getKey())));
        return settings;
    }
}
