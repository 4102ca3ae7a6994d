package org.mineral.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.eval.Evaluation;
import org.mineral.model.FactorModel;
import org.mineral.train.DivergedException;
import org.mineral.train.Epoch;
import org.mineral.train.Plan;
import org.mineral.train.Starts;
import org.mineral.train.TrainListener;
import org.mineral.train.TrainResult;
import org.mineral.train.Trainer;
import org.mineral.tune.ComparisonResult.Entry;
import org.mineral.tune.ComparisonResult.Kind;
import org.mineral.tune.ComparisonResult.Point;
import org.mineral.tune.ComparisonResult.SeedResult;

/** One loss's turn: it spends its budget and is measured. Failing is a result too. */
final class Bout implements TrainListener {

    /** Epochs of the trial that finds out how many fit into a budget of seconds. */
    private static final int TRIAL = 3;

    /** A trial takes no more than this share of the budget, as far as whole epochs allow. */
    private static final double TRIAL_SHARE = 0.25;

    private static final int MOST_EPOCHS = 100_000;

    private final Dataset data;
    private final int threads;
    private final ComparisonListener listener;
    private final @Nullable Starts starts;
    private final Terms terms;
    private final List<Point> curve = new ArrayList<>();
    private String engine = "";

    /** @param starts what bouts over the same data share; null for a start of its own, whose time then counts */
    Bout(Dataset data, int threads, ComparisonListener listener, @Nullable Starts starts, Terms terms) {
        this.data = data;
        this.threads = threads;
        this.listener = listener;
        this.starts = starts;
        this.terms = terms;
    }

    /** How many epochs the budget is worth to this loss. */
    Contestant budgeted(Contestant contestant, Budget budget) {
        if (budget.unit() == Budget.Unit.EPOCHS) {
            return contestant.epochs(budget.amount());
        }
        List<Double> ends = new ArrayList<>();
        TrainListener clock = new TrainListener() {
            @Override
            public boolean epoch(Epoch epoch) {
                ends.add(epoch.seconds());
                return epoch.seconds() < TRIAL_SHARE * budget.amount();
            }
        };
        train(contestant.epochs(TRIAL), clock);
        int last = ends.size() - 1;
        double epoch = last < 1 ? ends.get(0) : (ends.get(last) - ends.get(0)) / last;
        double start = last < 1 ? 0 : Math.max(0, ends.get(0) - epoch);
        double fit = Math.floor((budget.amount() - start) / Math.max(epoch, 1e-9));
        return contestant.epochs((int) Math.max(1, Math.min(MOST_EPOCHS, fit)));
    }

    /** @param information whether what the scores know of the test pairs is measured too */
    Measured fight(Contestant contestant, List<String> commands, Judge judge, boolean information) {
        TrainResult result;
        double again = 0;
        FactorModel model;
        try {
            result = train(contestant, this);
            model = result.model();
            if (terms.retrain()) {
                TrainResult last = Retraining.train(trainer(contestant), result.bestEpoch(), data, TrainListener.NONE);
                model = last.model();
                again = last.seconds();
            }
        } catch (DivergedException | InputException e) {
            return failure(contestant, e, commands);
        }
        Evaluation evaluation = judge.evaluate(model);
        Map<String, double[][]> values = Judge.values(evaluation);
        double epochSeconds = epochSeconds();
        Entry entry = new Entry(
                contestant.name(),
                Kind.LOSS,
                contestant.type().formula(),
                contestant.type().source(),
                contestant.settings(),
                engine,
                null,
                evaluation.metrics(),
                judge.intervals(values),
                Judge.strata(evaluation),
                List.copyOf(curve),
                result.bestEpoch(),
                result.seconds() + again,
                epochSeconds,
                data.train().size() / Math.max(epochSeconds, 1e-9),
                null,
                commands,
                List.of(new SeedResult(
                        contestant.options().seed(),
                        result.bestEpoch(),
                        validation(),
                        result.seconds() + again,
                        evaluation.metrics())),
                information ? judge.information(model) : null);
        return new Measured(entry, values);
    }

    /** The best of the epochs so far. */
    private double validation() {
        return curve.stream().mapToDouble(Point::validation).max().orElse(Double.NaN);
    }

    /** The entry of a loss that has no result, with what is known of its run. */
    Measured failure(Contestant contestant, RuntimeException reason, List<String> commands) {
        Entry entry = new Entry(
                contestant.name(),
                Kind.LOSS,
                contestant.type().formula(),
                contestant.type().source(),
                contestant.settings(),
                engine,
                String.valueOf(reason.getMessage()),
                Map.of(),
                Map.of(),
                List.of(),
                List.copyOf(curve),
                0,
                curve.isEmpty() ? 0 : curve.get(curve.size() - 1).seconds(),
                epochSeconds(),
                0,
                null,
                commands,
                List.of(),
                null);
        return new Measured(entry, Map.of());
    }

    /**
     * Trains once with what a trial chose.
     *
     * @param judge for the test part; null leaves it alone
     * @throws DivergedException if the loss or the weights leave the finite numbers
     */
    Trial trial(Contestant contestant, Map<String, String> chosen, @Nullable Judge judge) {
        TrainResult result = train(contestant, this);
        return new Trial(
                chosen,
                contestant.options().epochs(),
                validation(),
                result.bestEpoch(),
                result.seconds(),
                List.copyOf(curve),
                judge == null ? null : judge.evaluate(result.model()).metric(Judge.METRIC),
                null);
    }

    /** The trial that has no result. */
    Trial failure(Contestant contestant, Map<String, String> chosen, RuntimeException reason) {
        double seconds = curve.isEmpty() ? 0 : curve.get(curve.size() - 1).seconds();
        String message = String.valueOf(reason.getMessage());
        return new Trial(chosen, contestant.options().epochs(), null, 0, seconds, List.copyOf(curve), null, message);
    }

    private TrainResult train(Contestant contestant, TrainListener to) {
        Trainer trainer = trainer(contestant).listener(to);
        return terms.optimistic() ? PaperProtocol.train(trainer, data) : trainer.train(data);
    }

    private Trainer trainer(Contestant contestant) {
        Trainer trainer = new Trainer(contestant.loss(), contestant.options()).threads(threads);
        return starts == null ? trainer : trainer.starts(starts);
    }

    /** Median over the epochs; the first one's begins with the start of the run and does not count if there are others. */
    private double epochSeconds() {
        if (curve.size() < 2) {
            return curve.isEmpty() ? 0 : curve.get(0).seconds();
        }
        double[] times = new double[curve.size() - 1];
        for (int e = 1; e < curve.size(); e++) {
            times[e - 1] = curve.get(e).seconds() - curve.get(e - 1).seconds();
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    @Override
    public void plan(Plan plan) {
        engine = plan.engine();
        listener.plan(plan);
    }

    @Override
    public void progress(double share) {
        listener.progress(share);
    }

    @Override
    public boolean epoch(Epoch epoch) {
        curve.add(new Point(epoch.number(), epoch.seconds(), epoch.loss(), epoch.validation()));
        listener.epoch(epoch);
        return true;
    }
}
