package org.mineral.data.synthetic;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.config.Setting;
import org.mineral.data.DataReport;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.random.Random64;
import org.mineral.random.SequentialSampler;
import org.mineral.random.Streams;

/**
 * Generated interactions from a known model, {@code builtin:tastes}: for first steps without data, and for tests with a known answer.
 *
 * <p>There are {@code tastes} random directions in R^{@code dimension}. Each item belongs to one of them, each user to one or two.
 * <ol>
 *   <li>v_i = unit(direction of i's taste + spread * noise); x_u the same around a mix of the user's tastes.
 *   <li>Popularity is log-normal: log p_i = {@code popularity} * N(0,1).
 *   <li>User u acts n_u times, n_u log-normal around {@code activity}, at least 5.
 *   <li>The n_u items are drawn one after the other without replacement from softmax over i of
 *       {@code beta} * x_u . v_i + log p_i; with probability {@code noise} from popularity alone.
 * </ol>
 *
 * @param data divided 80/10/10 at random within each user
 * @param truth the distribution of the interactions: in expectation no model ranks better
 */
public record SyntheticData(Dataset data, Truth truth) {

    private static final String NAME = "builtin:tastes";
    private static final int LEAST_ACTIVITY = 5;
    private static final int MOST_ACTIVITY = 10_000;

    /** Size and difficulty. */
    public record Options(
            @Setting(doc = "number of users", value = "6000", min = 1, max = 10_000_000)
            int users,

            @Setting(doc = "number of items", value = "4000", min = 20, max = 1_000_000)
            int items,

            @Setting(doc = "interactions of the median user", value = "22", min = LEAST_ACTIVITY, max = MOST_ACTIVITY)
            double activity,

            @Setting(doc = "number of taste directions", value = "12", min = 1, max = 1000)
            int tastes,

            @Setting(doc = "dimension of the planted vectors", value = "16", min = 2, max = 256)
            int dimension,

            @Setting(doc = "how far users and items stray from their taste", value = "0.6", min = 0, max = 10)
            double spread,

            @Setting(doc = "weight of affinity against popularity", value = "7", min = 0, max = 50)
            double beta,

            @Setting(doc = "standard deviation of log popularity", value = "1", min = 0, max = 5)
            double popularity,

            @Setting(doc = "share of interactions that follow popularity alone", value = "0.1", min = 0, max = 1)
            double noise,

            @Setting(doc = "seed", value = "1") long seed) {

        public static final Options DEFAULTS = Config.defaults(Options.class);

        public Options {
            Config.check(
                    Options.class, users, items, activity, tastes, dimension, spread, beta, popularity, noise, seed);
        }

        public Options with(String name, Object value) {
            return Config.with(this, name, value);
        }
    }

    /**
     * The planted truth.
     *
     * @param users unit vectors x_u, users x dimension
     * @param items unit vectors v_i, items x dimension
     * @param logPopularity log p_i up to a constant, one for each item
     * @param beta weight of affinity
     */
    public record Truth(float[][] users, float[][] items, float[] logPopularity, double beta) {

        /** beta x_u . v_i + log p_i for all items: the unnormalised log-probabilities of the draws. */
        public float[] scores(int user) {
            float[] scores = new float[items.length];
            for (int i = 0; i < items.length; i++) {
                double dot = 0;
                for (int k = 0; k < items[i].length; k++) {
                    dot += users[user][k] * items[i][k];
                }
                scores[i] = (float) (beta * dot + logPopularity[i]);
            }
            return scores;
        }
    }

    public static SyntheticData generate(Options options) {
        Truth truth = plant(options);
        int[] counts = activities(options);
        int[][] rows = new int[options.users()][];
        // Each user has a random generator, so that the order of threads does not matter.
        IntStream.range(0, options.users()).parallel().forEach(u -> {
            SplittableRandom random = Streams.ofUser(options.seed() + 1, u);
            rows[u] = new SequentialSampler(truth.scores(u), truth.logPopularity())
                    .draw(counts[u], options.noise(), random);
        });
        Interactions all = Interactions.of(options.items(), rows);
        Interactions none = Interactions.empty(options.users(), options.items());
        Dataset data = new Dataset(
                        NAME,
                        named("user-", options.users()),
                        named("item-", options.items()),
                        all,
                        none,
                        none,
                        null,
                        DataReport.EMPTY)
                .split(Split.random(0.8, 0.1, 0.1, options.seed()));
        return new SyntheticData(data, truth);
    }

    /** Whether the text names a built-in data set and not a path. */
    public static boolean isBuiltin(String text) {
        return text.startsWith("builtin:");
    }

    /** From {@code builtin:tastes} or {@code builtin:tastes:users=1000,seed=3}. */
    public static SyntheticData generate(String text) {
        if (!text.equals(NAME) && !text.startsWith(NAME + ":")) {
            throw InputException.unknown("built-in data set", text, List.of(NAME));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        String given = text.substring(Math.min(text.length(), NAME.length() + 1));
        for (String setting : given.isEmpty() ? new String[0] : given.split(",")) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new InputException("found '" + setting + "' in '" + text
                        + "'; allowed: name=value with the names " + String.join(", ", Config.names(Options.class))
                        + "; try " + NAME + ":users=1000,seed=3");
            }
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return generate(Config.read(Options.class, settings));
    }

    /** The truth alone, without interactions. */
    public static Truth plant(Options o) {
        SplittableRandom random = Streams.ofTastes(o.seed());
        float[][] directions = directions(o, random);
        float[][] items = new float[o.items()][];
        Arrays.setAll(items, i -> stray(directions[random.nextInt(o.tastes())], o, random));
        float[][] users = new float[o.users()][];
        Arrays.setAll(users, u -> {
            float[] first = directions[random.nextInt(o.tastes())];
            float[] second = directions[random.nextInt(o.tastes())];
            double share = random.nextDouble(0.5, 1);
            float[] mix = new float[o.dimension()];
            for (int k = 0; k < mix.length; k++) {
                mix[k] = (float) (share * first[k] + (1 - share) * second[k]);
            }
            return stray(unit(mix), o, random);
        });
        float[] logPopularity = new float[o.items()];
        for (int i = 0; i < logPopularity.length; i++) {
            logPopularity[i] = (float) (o.popularity() * Random64.gaussian(random));
        }
        return new Truth(users, items, logPopularity, o.beta());
    }

    /** The taste directions, the first draws of the seed's generator. */
    static float[][] directions(Options o) {
        return directions(o, Streams.ofTastes(o.seed()));
    }

    private static float[][] directions(Options o, SplittableRandom random) {
        float[][] directions = new float[o.tastes()][];
        Arrays.setAll(directions, t -> unit(gaussians(o.dimension(), random)));
        return directions;
    }

    /** n_u of every user. */
    static int[] activities(Options o) {
        return activities(o, eagerness(o), o.activity());
    }

    private static int[] activities(Options o, double[] eagerness, double median) {
        int most = o.items() / 2;
        return Arrays.stream(eagerness)
                .mapToInt(e -> (int) Math.min(most, Math.max(LEAST_ACTIVITY, Math.round(median * e))))
                .toArray();
    }

    /** Every user's activity relative to the median: log-normal. */
    private static double[] eagerness(Options o) {
        SplittableRandom random = Streams.ofActivity(o.seed());
        double[] eagerness = new double[o.users()];
        Arrays.setAll(eagerness, u -> StrictMath.exp(0.5 * Random64.gaussian(random)));
        return eagerness;
    }

    /**
     * The options with the {@code activity} that gives this number of interactions, up to rounding.
     *
     * @throws InputException if no allowed activity does
     */
    static Options withInteractions(Options o, long interactions) {
        double[] eagerness = eagerness(o);
        ToLongFunction<Double> total = median ->
                Arrays.stream(activities(o, eagerness, median)).asLongStream().sum();
        double low = LEAST_ACTIVITY;
        double high = MOST_ACTIVITY;
        long least = total.applyAsLong(low);
        long most = total.applyAsLong(high);
        if (interactions < least || interactions > most) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%,d interactions of %,d users with %,d items; allowed: %,d to %,d; change one.",
                    interactions,
                    o.users(),
                    o.items(),
                    least,
                    most));
        }
        for (int k = 0; k < 40; k++) {
            double middle = (low + high) / 2;
            if (total.applyAsLong(middle) < interactions) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return o.with("activity", high);
    }

    private static float[] stray(float[] direction, Options o, SplittableRandom random) {
        float[] noise = gaussians(o.dimension(), random);
        // Expected length = spread for every dimension.
        double scale = o.spread() / Math.sqrt(o.dimension());
        float[] strayed = new float[o.dimension()];
        for (int k = 0; k < strayed.length; k++) {
            strayed[k] = (float) (direction[k] + scale * noise[k]);
        }
        return unit(strayed);
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += x * x;
        }
        double length = Math.max(1e-12, Math.sqrt(squares));
        float[] unit = new float[vector.length];
        for (int k = 0; k < unit.length; k++) {
            unit[k] = (float) (vector[k] / length);
        }
        return unit;
    }

    private static float[] gaussians(int n, SplittableRandom random) {
        float[] values = new float[n];
        for (int k = 0; k < n; k++) {
            values[k] = (float) Random64.gaussian(random);
        }
        return values;
    }

    private static IdMap named(String prefix, int n) {
        return IdMap.of(IntStream.range(0, n).mapToObj(k -> prefix + k).toList());
    }
}
