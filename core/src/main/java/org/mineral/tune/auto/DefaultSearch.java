package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.Interactions;
import org.mineral.model.Version;
import org.mineral.tune.preset.AutoPreset;
import org.mineral.tune.preset.Preset;

/**
 * Measures what the rules of {@link AutoPreset} can only guess: temperature, dimension, item bias, and a few more settings.
 *
 * <ol>
 *   <li>A tenth of the training interactions is held out, unless the data have a validation part: the latest where there are
 *       times, or each user's last if hardly anyone has both earlier and later ones; otherwise any, and three times where users are few. Where the training
 *       takes long, points run fewer epochs, and on a sample of the users; all items stay.
 *   <li>The rule's settings are the first point. Each further point is trained beside the best one so far, and ends as soon as
 *       its height and its slope together cannot come up to it ({@link Race}).
 *   <li>Temperatures below the rule's are tried while they gain, otherwise those above; then twice and four times the dimension, each
 *       with a lower temperature too; then temperatures again; then the item bias and what else there is, one at a time.
 *   <li>A change is taken if it gains at least 1 % of NDCG@20 and 1.5 standard errors of the users' paired differences. Where points
 *       cannot be told apart, the rule's settings stay.
 * </ol>
 *
 * <p>The arithmetic of all trainings together is at most that of the training that is chosen, or 1,500 Gflop where that is less, which is
 * ten to twenty seconds of two cores. It is counted, not measured: the same data, settings and seed give the same choice on any
 * number of threads.
 *
 * <p>Immutable; the methods give changed copies.
 */
public final class DefaultSearch {

    /** Gflop that a search may take however short the training is. */
    static final double LEAST_WORK = 1500;

    /** Of the limit, what the training of the rule's point may take: the others need their room. */
    private static final int POINTS = 8;

    private static final double LEAST_GAIN = 0.01;
    private static final double STANDARD_ERRORS = 1.5;

    /** With fewer interactions held out, nothing is told apart. */
    private static final int LEAST_PAIRS = 200;

    private static final double COLDER = 0.7;
    private static final int TEMPERATURES = 4;
    private static final int HALVINGS = 3;
    private static final List<Integer> DIMENSIONS = List.of(2, 4);

    private static final String DIMENSION = "dimension";
    private static final String EPOCHS = "epochs";
    private static final String RATE = "learning_rate";
    private static final String SEED = "seed";
    private static final String SHARPNESS = "sharpness";
    private static final String STOP = "stop_after";

    private final ModelSpec given;
    private final Preset beginning;
    private final FitContext context;
    private final SearchListener listener;
    private final double leastWork;

    private DefaultSearch(
            ModelSpec given, Preset beginning, FitContext context, SearchListener listener, double leastWork) {
        this.given = given;
        this.beginning = beginning;
        this.context = context;
        this.listener = listener;
        this.leastWork = leastWork;
    }

    /**
     * A search on all processors.
     *
     * @param given the algorithm, and settings that stay as they are
     * @throws InputException if the rules do not know the loss, or one of the settings that they give is given
     */
    public static DefaultSearch of(ModelSpec given) {
        Set<String> names = new HashSet<>(given.settings().keySet());
        names.removeAll(Set.of(ModelSpec.LOSS, SEED));
        if (!given.algorithm().equals(ModelSpec.DEFAULT) || !AutoPreset.fits(given.loss(), names)) {
            throw new InputException("no search for " + given + ": it begins with the preset " + AutoPreset.NAME
                    + ", which is for losses over cosines against all items and gives "
                    + String.join(
                            ", ",
                            new AutoPreset()
                                    .names(ModelSpec.of(ModelSpec.DEFAULT).loss()))
                    + ". Leave these settings to it, or train without a search.");
        }
        return new DefaultSearch(given, new AutoPreset(), FitContext.defaults(), SearchListener.NONE, LEAST_WORK);
    }

    /** Results do not depend on it. */
    public DefaultSearch threads(int threads) {
        return new DefaultSearch(given, beginning, context.withThreads(threads), listener, leastWork);
    }

    public DefaultSearch listener(SearchListener listener) {
        return new DefaultSearch(given, beginning, context, listener, leastWork);
    }

    /** @param first the first point, in place of the rules of {@code auto} */
    DefaultSearch beginning(Preset first) {
        return new DefaultSearch(given, first, context, listener, leastWork);
    }

    /** @param gigaflops that the search may take however short the training is */
    DefaultSearch leastWork(double gigaflops) {
        return new DefaultSearch(given, beginning, context, listener, gigaflops);
    }

    /** What a search depends on beside the work it may take, by name. */
    public Map<String, String> identity(Dataset data) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("mineral", Version.CURRENT);
        identity.put("search", given.toString());
        identity.put("data_hash", data.hash());
        identity.put("kernel", context.kernels().name());
        Events events = data.events();
        if (events != null && events.timestamps() != null) {
            // The hash of the data says nothing of times.
            identity.put("timestamps", String.valueOf(Arrays.hashCode(events.timestamps())));
        }
        return identity;
    }

    /**
     * Searches on {@code data.train()}, and {@code data.valid()} if there is one. The test part is not looked at.
     *
     * @throws InputException if there is nothing to learn from
     */
    public SearchReport search(Dataset data) {
        FitContext.refuseNothingToLearn(data);
        return new Search(data).report();
    }

    /** One search. */
    private final class Search {

        private final Dataset data;
        private final Map<String, String> rule;
        private final Extent extent;
        private final HeldOut heldOut;
        private final Trials trials;
        private final List<SearchReport.Change> changes = new ArrayList<>();

        Search(Dataset data) {
            this.data = data;
            this.rule = rule(data.train());
            ModelSpec first = spec(Point.RULE);
            this.extent = Extent.of(
                    training(Point.RULE),
                    Trials.number(first, EPOCHS),
                    data.train().size(),
                    limit(Point.RULE) / POINTS);
            this.heldOut = HeldOut.of(data, extent.share(), extent.repeats(), Trials.number(first, SEED));
            Map<String, String> searched =
                    extent.share() < 1 ? rule(heldOut.first().train()) : new LinkedHashMap<>(rule);
            searched.put(EPOCHS, String.valueOf(extent.epochs()));
            this.trials = new Trials(given, searched, heldOut, context, listener);
        }

        private Map<String, String> rule(Interactions train) {
            return beginning.settings(given.loss(), train);
        }

        /** What all of the data would be trained with. */
        private ModelSpec spec(Point point) {
            return new ModelSpec(given.algorithm(), point.settings(rule)).with(given.settings());
        }

        /** The gigaflops of that training. */
        private double training(Point point) {
            ModelSpec spec = spec(point);
            int dimension = Trials.number(spec, DIMENSION);
            Interactions train = data.train();
            return Trials.number(spec, EPOCHS) * Work.epoch(train, data.valid(), dimension)
                    + Work.start(train, dimension);
        }

        private double limit(Point best) {
            return Math.max(leastWork, training(best));
        }

        private SearchReport report() {
            if (heldOut.first().valid().size() < LEAST_PAIRS) {
                return report(null, null);
            }
            Measured first = trials.measure(Point.RULE, null, limit(Point.RULE));
            if (first == null || !first.whole()) {
                return report(null, null);
            }
            Measured best = temperatures(first);
            Measured wide = dimensions(best);
            best = wide == best ? best : temperatures(wide);
            best = better(best, List.of(best.point().with("item_bias", false)));
            best = longer(best);
            best = slower(best);
            if (rule.containsKey(SHARPNESS)) {
                best = better(best, List.of(best.point().with(SHARPNESS, 0)));
            }
            best = better(best, List.of(best.point().with("history", 0.5)));
            return report(first, best);
        }

        /** Downwards while it gains, otherwise upwards. */
        private Measured temperatures(Measured base) {
            if (!rule.containsKey(Point.TEMPERATURE) || given.settings().containsKey(Point.TEMPERATURE)) {
                return base;
            }
            List<Measured> tried = new ArrayList<>(List.of(base));
            if (!climb(base, COLDER, tried)) {
                climb(base, 1 / COLDER, tried);
            }
            return taken(base, tried);
        }

        /** Whether the first step gained. */
        private boolean climb(Measured base, double factor, List<Measured> tried) {
            Measured last = base;
            for (int step = 0; step < TEMPERATURES; step++) {
                Measured next = tried(base, last.point().warmer(factor));
                if (next == null) {
                    break;
                }
                tried.add(next);
                if (next.value() <= last.value()) {
                    break;
                }
                last = next;
            }
            return last != base;
        }

        private Measured dimensions(Measured base) {
            Measured best = base;
            int first = Trials.number(spec(base.point()), DIMENSION);
            int most = Math.min(data.users().size(), data.items().size()) / 2;
            for (int factor : DIMENSIONS) {
                int dimension = first * factor;
                if (given.settings().containsKey(DIMENSION) || dimension > most) {
                    break;
                }
                Point wide = best.point().with(DIMENSION, dimension);
                best = better(best, List.of(wide, wide.warmer(COLDER)));
            }
            return best;
        }

        /** Twice the epochs where the last one was the best. */
        private Measured longer(Measured base) {
            int epochs = Trials.number(spec(base.point()), EPOCHS);
            return extent.whole() && base.bestEpoch() == epochs
                    ? better(base, List.of(base.point().with(EPOCHS, 2 * epochs)))
                    : base;
        }

        /** Half the learning rate, and half of that, while it gains. */
        private Measured slower(Measured base) {
            Measured best = base;
            double rate = Double.parseDouble(rule.get(RATE));
            for (int step = 0; step < HALVINGS; step++) {
                rate /= 2;
                Measured next = better(best, List.of(best.point().with(RATE, rate)));
                if (next == best) {
                    break;
                }
                best = next;
            }
            return best;
        }

        /** The best of the points, if it is clearly better than the base. */
        private Measured better(Measured base, List<Point> points) {
            List<Measured> tried = new ArrayList<>();
            for (Point point : points) {
                Measured next = tried(base, point);
                if (next != null) {
                    tried.add(next);
                }
            }
            return taken(base, tried);
        }

        private @Nullable Measured tried(Measured base, Point point) {
            return trials.measure(point, base, limit(base.point()));
        }

        private Measured taken(Measured base, List<Measured> tried) {
            Measured best = base;
            for (Measured next : tried) {
                best = next.value() > best.value() ? next : best;
            }
            if (best == base) {
                return base;
            }
            Difference gain = best.minus(base);
            if (gain.mean() < LEAST_GAIN * base.value() || gain.mean() < STANDARD_ERRORS * gain.error()) {
                return base;
            }
            Map<String, String> settings = spec(best.point()).settings();
            Map<String, String> before = spec(base.point()).settings();
            Map<String, String> changed = new LinkedHashMap<>(settings);
            changed.entrySet().removeIf(s -> s.getValue().equals(before.get(s.getKey())));
            changes.add(new SearchReport.Change(changed, gain.mean() / base.value(), gain.error() / base.value()));
            return best;
        }

        /**
         * Whether the last training ends where this one was best: with a sample of the users or before a short schedule has come to its best, the
         * rule knows more of that.
         */
        private boolean measuresEpochs(Measured best) {
            return extent.whole() || extent.share() == 1 && best.bestEpoch() < trials.epochs(best.point());
        }

        /** @param first null, as is {@code best}, where nothing could be measured */
        private SearchReport report(@Nullable Measured first, @Nullable Measured best) {
            Point point = best == null ? Point.RULE : best.point();
            Map<String, String> settings = point.settings(rule);
            if (best != null && measuresEpochs(best)) {
                settings.put(EPOCHS, String.valueOf(trials.epochs(point)));
                if (!heldOut.name().equals(HeldOut.OWN) && !given.settings().containsKey(STOP)) {
                    settings.put(STOP, String.valueOf(best.bestEpoch()));
                }
            }
            Interactions searched = heldOut.first().train();
            return new SearchReport(
                    heldOut.name(),
                    heldOut.parts().size(),
                    searched.users() - searched.emptyRows(),
                    data.train().users() - data.train().emptyRows(),
                    trials.trials(),
                    changes,
                    settings,
                    first == null ? null : first.value(),
                    best == null ? null : best.value(),
                    first == null || best == null ? null : best.minus(first).error(),
                    trials.spent(),
                    limit(point));
        }
    }
}
