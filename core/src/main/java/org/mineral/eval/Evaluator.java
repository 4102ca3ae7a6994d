package org.mineral.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.Population;
import org.mineral.model.rank.Ranking;
import org.mineral.random.Streams;

/**
 * Full ranking over all items, with the known items masked; the mean over users with at least one test item. The
 * conventions, and why, are in {@code docs/reference/evaluation.md}. Immutable.
 */
public final class Evaluator {

    /** Number of users ranked at once; their lists are evaluated and released before the next. */
    private static final int CHUNK = 24_000;

    /** Number of users that a thread evaluates at a time. */
    private static final int SHARE = 500;

    private final int[] ks;
    private final List<Metric> metrics;
    private final @Nullable PopularityStrata strata;
    private final @Nullable Sample sample;
    private final boolean exposure;
    private final boolean auc;
    private final boolean repeats;

    private Evaluator(
            int[] ks,
            List<Metric> metrics,
            @Nullable PopularityStrata strata,
            @Nullable Sample sample,
            boolean exposure,
            boolean auc,
            boolean repeats) {
        this.ks = ks;
        this.metrics = metrics;
        this.strata = strata;
        this.sample = sample;
        this.exposure = exposure;
        this.auc = auc;
        this.repeats = repeats;
    }

    /**
     * With these cutoffs: Recall, NDCG, Precision, HitRate, MRR, MAP, Coverage at each.
     *
     * @throws InputException if there are none, or one is below 1
     */
    public static Evaluator at(int... ks) {
        int[] sorted = Arrays.stream(ks).sorted().distinct().toArray();
        if (sorted.length == 0 || sorted[0] < 1) {
            throw new InputException("cutoffs " + Arrays.toString(ks) + "; allowed: one or more, each at least 1.");
        }
        List<Metric> metrics = new ArrayList<>(List.of(Recall.STANDARD));
        metrics.addAll(List.of(RankMetric.values()));
        return new Evaluator(sorted, List.copyOf(metrics), null, null, false, false, false);
    }

    /** With this form of recall instead of the standard one. */
    public Evaluator with(Recall recall) {
        return withMetrics(
                metrics.stream().map(m -> m instanceof Recall ? recall : m).toList());
    }

    /** With these metrics of hits (and coverage) only. */
    public Evaluator withMetrics(List<Metric> metrics) {
        return new Evaluator(ks, List.copyOf(metrics), strata, sample, exposure, auc, repeats);
    }

    /** Also reports recall by popularity of the test items. */
    public Evaluator withStrata(PopularityStrata strata) {
        return new Evaluator(ks, metrics, strata, sample, exposure, auc, repeats);
    }

    /** Also reports {@code Gini@K} and {@code Novelty@K}: how evenly the lists cover the catalogue, and how novel they are. */
    public Evaluator withExposure() {
        return new Evaluator(ks, metrics, strata, sample, true, auc, repeats);
    }

    /**
     * Also reports {@code AUC}, which has no cutoff. It scores every item for every user, which takes longer than all other metrics together.
     */
    public Evaluator withAuc() {
        return new Evaluator(ks, metrics, strata, sample, exposure, true, repeats);
    }

    /** Masks nothing: what a user took already is ranked as well. */
    public Evaluator withRepeats() {
        return new Evaluator(ks, metrics, strata, sample, exposure, auc, true);
    }

    /**
     * Evaluates a random sample of this many users; all users if there are no more.
     *
     * @throws InputException if it is below 1
     */
    public Evaluator withUsers(int users, long seed) {
        if (users < 1) {
            throw new InputException("a sample of " + users + " users; allowed: at least 1.");
        }
        return new Evaluator(ks, metrics, strata, new Sample(users, seed), exposure, auc, repeats);
    }

    private record Sample(int users, long seed) {

        /** A random sample of the given users, in their order. */
        int[] of(int[] all) {
            SplittableRandom random = Streams.ofUsers(seed);
            int[] drawn = new int[Math.min(users, all.length)];
            // Selection sampling: each user is taken with probability (still to draw) / (still to come).
            for (int k = 0, taken = 0; taken < drawn.length; k++) {
                if (random.nextInt(all.length - k) < drawn.length - taken) {
                    drawn[taken++] = all[k];
                }
            }
            return drawn;
        }
    }

    /** Masks the interactions that the model knows; uses all processors. */
    public Evaluation evaluate(Model model, Interactions test) {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            return evaluate(model, test, model.known(), null, workers);
        }
    }

    /** Masks the interactions that the model knows. */
    public Evaluation evaluate(Model model, Interactions test, Workers workers) {
        return evaluate(model, test, model.known(), null, workers);
    }

    /**
     * Evaluates the model's lists for each user with test items whom the model can rank for ({@link Population#hasUser}).
     *
     * @param test users x items, indexed as in the model
     * @param exclude users x items to mask, usually {@link Model#known()}
     * @param unknownTestItems by user: how many test items the model does not know. They cannot be recommended but count in denominators;
     *     otherwise a model would gain by knowing fewer items. Null: none
     * @throws InputException if no user can be evaluated
     */
    public Evaluation evaluate(
            Model model, Interactions test, Interactions exclude, int @Nullable [] unknownTestItems, Workers workers) {
        checkShape("test", test, model);
        checkShape("excluded", exclude, model);
        if (repeats && exclude.size() > 0) {
            Interactions nothing = Interactions.empty(exclude.users(), exclude.items());
            return evaluate(model, test, nothing, unknownTestItems, workers);
        }
        if (unknownTestItems != null && unknownTestItems.length != test.users()) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "numbers of unknown test items for %,d users, but the model has %,d; give one each.",
                    unknownTestItems.length,
                    test.users()));
        }
        int[] tested = tested(test, unknownTestItems);
        Population population = model.population();
        int[] known = Arrays.stream(tested).filter(population::hasUser).toArray();
        int[] judged = sample == null ? known : sample.of(known);
        if (judged.length == 0) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "nothing was learnt of any of the %,d users with test items, so there is "
                            + "nobody to evaluate; check that test data and model come from the same data set.",
                    tested.length));
        }
        Tally tally = new Tally(judged, population.trained());
        for (int from = 0; from < judged.length; from += CHUNK) {
            int[] chunk = Arrays.copyOfRange(judged, from, Math.min(judged.length, from + CHUNK));
            List<Ranking> rankings = model.rank(chunk, ks[ks.length - 1], exclude, workers);
            int first = from;
            workers.run((chunk.length + SHARE - 1) / SHARE, (task, worker) -> {
                for (int p = task * SHARE; p < Math.min(chunk.length, (task + 1) * SHARE); p++) {
                    int unknown = unknownTestItems == null ? 0 : unknownTestItems[chunk[p]];
                    tally.judge(first + p, rankings.get(p).items(), test.row(chunk[p]), unknown);
                }
            });
            for (int p = 0; p < chunk.length; p++) {
                tally.add(rankings.get(p).items(), test, chunk[p]);
            }
        }
        if (auc) {
            int[] unknown = unknownTestItems == null ? new int[test.users()] : unknownTestItems;
            tally.auc(Auc.of(model, judged, test, exclude, unknown, workers));
        }
        int foldedIn = (int) Arrays.stream(judged).filter(population::foldedIn).count();
        return tally.evaluation(known.length, tested.length - known.length, foldedIn, common(test, exclude, judged));
    }

    /** Users with test items, whether the model knows these or not. */
    private static int[] tested(Interactions test, int @Nullable [] unknown) {
        return IntStream.range(0, test.users())
                .filter(u -> test.count(u) + (unknown == null ? 0 : unknown[u]) > 0)
                .toArray();
    }

    /** How many pairs of these users are in both. */
    private static int common(Interactions some, Interactions others, int[] users) {
        int common = 0;
        for (int u : users) {
            for (int k = some.begin(u); k < some.end(u); k++) {
                common += others.contains(u, some.columns()[k]) ? 1 : 0;
            }
        }
        return common;
    }

    private static void checkShape(String what, Interactions interactions, Model model) {
        if (interactions.users() != model.users().size()
                || interactions.items() != model.items().size()) {
            throw new InputException(String.format(
                            Locale.ROOT,
                            "%s interactions of %,d users x %,d items, but the model has %,d x %,d; map their ",
                            what,
                            interactions.users(),
                            interactions.items(),
                            model.users().size(),
                            model.items().size())
                    + "ids by the model's users and items.");
        }
    }

    /** Collects values in the order of users, so that sums do not depend on threads. */
    private final class Tally {

        private final int[] users;
        private final int[] testItems;
        private final double[][][] values;
        private final Exposure shown;
        private final @Nullable Novelty novelty;
        private final double[][] novelties;
        private final PopularityStrata.@Nullable Tally byStratum;
        private double @Nullable [] areas;

        Tally(int[] users, Interactions trained) {
            this.users = users;
            this.testItems = new int[users.length];
            this.values = new double[ks.length][metrics.size()][users.length];
            this.shown = new Exposure(ks, trained.items());
            this.novelty = exposure ? Novelty.of(trained) : null;
            this.novelties = new double[exposure ? ks.length : 0][users.length];
            this.byStratum = strata == null ? null : strata.new Tally(ks);
        }

        /** Stores one user's values; may be called in any order, on any thread. */
        void judge(int position, int[] ranked, int[] test, int unknown) {
            boolean[] hits = hits(ranked, test);
            int relevant = test.length + unknown;
            testItems[position] = relevant;
            for (int c = 0; c < ks.length; c++) {
                for (int m = 0; m < metrics.size(); m++) {
                    values[c][m][position] = metrics.get(m).value(hits, ks[c], relevant);
                }
                if (novelty != null) {
                    novelties[c][position] = novelty.value(ranked, ks[c]);
                }
            }
        }

        /** Sums over users, taken in order. */
        void add(int[] ranked, Interactions test, int user) {
            shown.add(ranked);
            if (byStratum != null) {
                int[] wanted = test.row(user);
                byStratum.add(ranked, hits(ranked, wanted), wanted);
            }
        }

        private static boolean[] hits(int[] ranked, int[] test) {
            boolean[] hits = new boolean[ranked.length];
            for (int r = 0; r < ranked.length; r++) {
                hits[r] = Arrays.binarySearch(test, ranked[r]) >= 0;
            }
            return hits;
        }

        void auc(double[] byUser) {
            areas = byUser;
        }

        Evaluation evaluation(int population, int skipped, int foldedIn, int seenTest) {
            Map<String, Double> means = new LinkedHashMap<>();
            Map<String, double[]> perUser = new LinkedHashMap<>();
            for (int c = 0; c < ks.length; c++) {
                for (int m = 0; m < metrics.size(); m++) {
                    String name = metrics.get(m).label() + "@" + ks[c];
                    means.put(name, mean(values[c][m]));
                    perUser.put(name, values[c][m]);
                }
                means.put("Coverage@" + ks[c], shown.coverage(c));
                if (exposure) {
                    means.put("Gini@" + ks[c], shown.gini(c));
                    means.put(Novelty.LABEL + "@" + ks[c], mean(novelties[c]));
                    perUser.put(Novelty.LABEL + "@" + ks[c], novelties[c]);
                }
            }
            if (areas != null) {
                means.put(Auc.LABEL, mean(areas));
                perUser.put(Auc.LABEL, areas);
            }
            return new Evaluation(
                    users.length,
                    population,
                    skipped,
                    foldedIn,
                    seenTest,
                    means,
                    new Evaluation.PerUser(users, testItems, perUser),
                    byStratum == null ? List.of() : byStratum.results());
        }

        private static double mean(double[] values) {
            return Arrays.stream(values).sum() / values.length;
        }
    }
}
