package org.mineral.tune.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Plan;
import org.mineral.algorithm.SharedWork;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.eval.Evaluation;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Point;
import org.mineral.tune.compare.ComparisonResult.SeedResult;

/** Trains one model within its budget and evaluates it. A failure is reported as a result. */
public final class ComparedRun implements FitListener {

    /** Epochs of the trial run that measures how many fit into a budget of seconds. */
    private static final int TRIAL = 3;

    /** Largest share of the budget for the trial run, if whole epochs allow. */
    private static final double TRIAL_SHARE = 0.25;

    private static final int MOST_EPOCHS = 100_000;

    private final Dataset data;
    private final int threads;
    private final ComparisonListener listener;
    private final @Nullable SharedWork shared;
    private final SelectionProtocol selection;
    private final List<Point> curve = new ArrayList<>();
    private String engine = "";
    private @Nullable SearchReport search;

    /** @param shared work shared by runs on the same data; null if the run does all work itself, whose time then counts */
    public ComparedRun(
            Dataset data,
            int threads,
            ComparisonListener listener,
            @Nullable SharedWork shared,
            SelectionProtocol selection) {
        this.data = data;
        this.threads = threads;
        this.listener = listener;
        this.shared = shared;
        this.selection = selection;
    }

    /** @param search that found the model's settings; null if none did */
    ComparedRun found(@Nullable SearchReport search) {
        this.search = search;
        return this;
    }

    /** The model with as many epochs as the budget allows; itself if it has no epochs. */
    public ComparedModel budgeted(ComparedModel compared, Budget budget) {
        if (!compared.iterative()) {
            return compared;
        }
        if (budget.unit() == Budget.Unit.EPOCHS) {
            return compared.epochs(budget.amount());
        }
        List<Double> ends = new ArrayList<>();
        FitListener clock = new FitListener() {
            @Override
            public boolean epoch(Epoch epoch) {
                ends.add(epoch.seconds());
                return epoch.seconds() < TRIAL_SHARE * budget.amount();
            }
        };
        train(compared.epochs(TRIAL), clock);
        int last = ends.size() - 1;
        double epoch = last < 1 ? ends.get(0) : (ends.get(last) - ends.get(0)) / last;
        double start = last < 1 ? 0 : Math.max(0, ends.get(0) - epoch);
        double fit = Math.floor((budget.amount() - start) / Math.max(epoch, 1e-9));
        return compared.epochs((int) Math.max(1, Math.min(MOST_EPOCHS, fit)));
    }

    /** @param information whether to measure the information of the scores about the test pairs */
    EntryResult result(ComparedModel compared, List<String> commands, TestEvaluator evaluator, boolean information) {
        Fit<? extends Model> result;
        double again = 0;
        double validation;
        Model model;
        try {
            result = train(compared, this);
            model = result.model();
            validation = validation(model);
            if (selection.retrain() && data.valid().size() > 0) {
                Fit<? extends Model> last =
                        Retraining.train(compared.algorithm(), result.bestEpoch(), data, context(FitListener.NONE));
                model = last.model();
                again = last.seconds();
            }
        } catch (DivergedException | InputException e) {
            return failure(compared, e, commands);
        }
        Evaluation evaluation = evaluator.evaluate(model);
        double seconds = result.seconds() + again;
        double epochSeconds = epochSeconds();
        Entry entry = EntryBuilder.of(compared)
                .engine(engine)
                .metrics(evaluation, evaluator)
                .curve(judged(), result.bestEpoch())
                .seconds(
                        seconds,
                        epochSeconds,
                        curve.isEmpty() ? 0 : data.train().size() / Math.max(epochSeconds, 1e-9))
                .commands(commands)
                .seeds(List.of(
                        new SeedResult(compared.seed(), result.bestEpoch(), validation, seconds, evaluation.metrics())))
                .information(information ? evaluator.information(model) : null)
                .search(search)
                .build();
        return new EntryResult(entry, TestEvaluator.values(evaluation));
    }

    /** The curve, without a validation part with the values that the search found on what it held out, as far as it trained so. */
    private List<Point> judged() {
        List<Double> values = search == null || data.valid().size() > 0 ? List.of() : search.curve();
        if (values.isEmpty()) {
            return curve;
        }
        return curve.stream()
                .map(p -> new Point(
                        p.epoch(),
                        p.seconds(),
                        p.loss(),
                        p.epoch() <= values.size() ? values.get(p.epoch() - 1) : p.validation()))
                .toList();
    }

    /** The best validation value over epochs, the value of a model without epochs, or what the search found. */
    private double validation(Model model) {
        if (search != null && data.valid().size() == 0 && !selection.optimistic()) {
            Double chosen = search.chosen();
            return chosen == null ? Double.NaN : chosen;
        }
        if (!curve.isEmpty()) {
            return curve.stream().mapToDouble(Point::validation).max().orElse(Double.NaN);
        }
        Dataset judged = selection.optimistic() ? data.withValidInTrain().judgedBy(data.test()) : data;
        try (Workers workers = new Workers(threads)) {
            return TestEvaluator.validation(model, judged, workers);
        }
    }

    /** The entry of a failed run, with what is known about it. */
    EntryResult failure(ComparedModel compared, RuntimeException reason, List<String> commands) {
        Entry entry = EntryBuilder.of(compared)
                .engine(engine)
                .failure(String.valueOf(reason.getMessage()))
                .curve(curve, 0)
                .seconds(elapsed(), epochSeconds(), 0)
                .commands(commands)
                .search(search)
                .build();
        return new EntryResult(entry, Map.of());
    }

    /**
     * Trains once with the settings of a trial.
     *
     * @param evaluator evaluates on the test part; null to not use it
     * @throws DivergedException if the loss or the weights leave the finite numbers
     */
    public Trial trial(ComparedModel compared, Map<String, String> chosen, @Nullable TestEvaluator evaluator) {
        Fit<? extends Model> result = train(compared, this);
        return new Trial(
                chosen,
                compared.epochs(),
                validation(result.model()),
                result.bestEpoch(),
                result.seconds(),
                List.copyOf(curve),
                evaluator == null ? null : evaluator.evaluate(result.model()).metric(TestEvaluator.METRIC),
                null);
    }

    /** A failed trial. */
    public Trial failure(ComparedModel compared, Map<String, String> chosen, RuntimeException reason) {
        String message = String.valueOf(reason.getMessage());
        return new Trial(chosen, compared.epochs(), null, 0, elapsed(), List.copyOf(curve), null, message);
    }

    private double elapsed() {
        return curve.isEmpty() ? 0 : curve.get(curve.size() - 1).seconds();
    }

    private Fit<? extends Model> train(ComparedModel compared, FitListener to) {
        TrainingWarmup.once(compared, data, threads);
        return selection.optimistic()
                ? PaperProtocol.train(compared.algorithm(), data, context(to))
                : compared.algorithm().fit(data, context(to));
    }

    private FitContext context(FitListener to) {
        return FitContext.defaults().withThreads(threads).withListener(to).withShared(shared);
    }

    /** Median over the epochs without the first, which includes the start of the run, if there are others. */
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
