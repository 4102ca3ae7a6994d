package org.mineral.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data set in numbers. Counts and shares are over the interactions of all parts.
 *
 * @param interactions number of pairs under train, valid and test
 * @param density pairs / (users x items)
 * @param perUser items of a user
 * @param perItem users of an item
 * @param gini Gini coefficient of item popularity: 0 if all items are equally popular, close to 1 if one item has all interactions
 * @param shareOfTop1Percent share of the interactions with the most popular 1 % of the items (at least one item)
 * @param usersOutsideTrain users with interactions in valid or test and none in train
 * @param itemsOutsideTrain items with interactions in valid or test and none in train
 * @param time first and last timestamp, or null
 * @param ratings rating, or range if there are more than 20 values, to number of interactions; ranges are powers of ten where the
 *     largest value is far from most others, as with counts. Empty without ratings
 * @param ratingQuantiles how ratings are distributed, or null without ratings
 * @param notes what was cleaned while reading
 */
public record DataStatistics(
        String name,
        int users,
        int items,
        Map<String, Integer> interactions,
        double density,
        Counts perUser,
        Counts perItem,
        double gini,
        double shareOfTop1Percent,
        double shareOfTop10Percent,
        int usersOutsideTrain,
        int itemsOutsideTrain,
        @Nullable TimeRange time,
        Map<String, Integer> ratings,
        @Nullable Quantiles ratingQuantiles,
        Map<String, Long> notes,
        String hash) {

    private static final int MOST_RATING_VALUES = 20;
    private static final int RANGES = 10;
    /** If the largest value is more than this many times the median, equal ranges would put nearly all values into the first. */
    private static final double WIDE = 20;

    /** Distribution of counts; a quantile q is the value at position floor(q (n - 1)) of the sorted counts. */
    public record Counts(double mean, int min, int p25, int median, int p75, int p90, int p99, int max) {

        static Counts of(int[] sorted) {
            int n = sorted.length;
            return n == 0
                    ? new Counts(0, 0, 0, 0, 0, 0, 0, 0)
                    : new Counts(
                            Arrays.stream(sorted).average().orElse(0),
                            sorted[0],
                            sorted[(int) (0.25 * (n - 1))],
                            sorted[(int) (0.5 * (n - 1))],
                            sorted[(int) (0.75 * (n - 1))],
                            sorted[(int) (0.9 * (n - 1))],
                            sorted[(int) (0.99 * (n - 1))],
                            sorted[n - 1]);
        }
    }

    /**
     * Whole numbers in the file's unit (fractions are rounded outwards), and ISO dates if the numbers can be times since 1970.
     *
     * @param unit {@code seconds} to {@code nanoseconds}; empty, as the dates are, if the numbers are too small to be times
     */
    public record TimeRange(long first, long last, String firstDate, String lastDate, String unit) {

        public static TimeRange of(long first, long last) {
            TimeScale scale = TimeScale.of(Math.abs(first) > Math.abs(last) ? first : last);
            return scale == null
                    ? new TimeRange(first, last, "", "", "")
                    : new TimeRange(
                            first,
                            last,
                            scale.instant(first).toString(),
                            scale.instant(last).toString(),
                            scale.text());
        }

        /** Dates, or the file's numbers if they cannot be dates (years, steps of a log). */
        public String text() {
            return unit.isEmpty()
                    ? first + " to " + last + ", no dates"
                    : firstDate + " to " + lastDate + ", in " + unit;
        }
    }

    /** Distribution of ratings or weights; a quantile q is the value at position floor(q (n - 1)) of the sorted ones. */
    public record Quantiles(
            double mean, double min, double p25, double median, double p75, double p90, double p99, double max) {

        static Quantiles of(double[] sorted) {
            int last = sorted.length - 1;
            double sum = 0;
            for (double value : sorted) {
                sum += value;
            }
            return new Quantiles(
                    sum / sorted.length,
                    sorted[0],
                    sorted[(int) (0.25 * last)],
                    sorted[(int) (0.5 * last)],
                    sorted[(int) (0.75 * last)],
                    sorted[(int) (0.9 * last)],
                    sorted[(int) (0.99 * last)],
                    sorted[last]);
        }
    }

    public static DataStatistics of(Dataset data) {
        Interactions all = data.all();
        int[] popularity = all.itemCounts();
        Arrays.sort(popularity);
        int[] activity = new int[all.users()];
        Arrays.setAll(activity, all::count);
        Arrays.sort(activity);
        Map<String, Integer> interactions = new LinkedHashMap<>();
        interactions.put("train", data.train().size());
        interactions.put("valid", data.valid().size());
        interactions.put("test", data.test().size());
        Events events = data.events();
        double[] given = events == null ? null : events.ratings();
        double[] ratings = given == null ? new double[0] : given.clone();
        Arrays.sort(ratings);
        return new DataStatistics(
                data.name(),
                all.users(),
                all.items(),
                interactions,
                all.size() / Math.max(1.0, (double) all.users() * all.items()),
                Counts.of(activity),
                Counts.of(popularity),
                gini(popularity),
                topShare(popularity, 0.01),
                topShare(popularity, 0.1),
                data.train().emptyRows() - all.emptyRows(),
                data.train().transpose().emptyRows() - all.transpose().emptyRows(),
                events == null || events.timestamps() == null ? null : range(events.timestamps(), events.timeDigits()),
                ratings.length == 0 ? Map.of() : histogram(ratings),
                ratings.length == 0 ? null : Quantiles.of(ratings),
                data.report().notes(),
                data.hash());
    }

    /** G = sum_k (2k - n - 1) x_k / (n sum x), k from 1 in ascending order of x; 0 if all are 0. The values come in any order. */
    public static double gini(int[] values) {
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        double weighted = 0;
        double sum = 0;
        for (int k = 0; k < sorted.length; k++) {
            weighted += (2.0 * (k + 1) - sorted.length - 1) * sorted[k];
            sum += sorted[k];
        }
        return sum == 0 ? 0 : weighted / (sorted.length * sum);
    }

    static double topShare(int[] sorted, double share) {
        int top = (int) Math.max(1, Math.round(share * sorted.length));
        long sum = Arrays.stream(sorted).asLongStream().sum();
        long held = Arrays.stream(sorted, Math.max(0, sorted.length - top), sorted.length)
                .asLongStream()
                .sum();
        return sum == 0 ? 0 : held / (double) sum;
    }

    private static @Nullable TimeRange range(long[] times, int digits) {
        if (times.length == 0) {
            return null;
        }
        long first = Arrays.stream(times).min().orElse(0);
        long last = Arrays.stream(times).max().orElse(0);
        return TimeRange.of(
                BigDecimal.valueOf(first, digits)
                        .setScale(0, RoundingMode.FLOOR)
                        .longValueExact(),
                BigDecimal.valueOf(last, digits)
                        .setScale(0, RoundingMode.CEILING)
                        .longValueExact());
    }

    /** Single values if there are few, otherwise ranges: powers of ten where the largest value is far from most others. */
    private static Map<String, Integer> histogram(double[] sorted) {
        Map<String, Integer> histogram = new LinkedHashMap<>();
        boolean few = distinct(sorted) <= MOST_RATING_VALUES;
        Quantiles spread = Quantiles.of(sorted);
        boolean wide = spread.max() > WIDE * Math.max(spread.median(), 0) && spread.max() > WIDE * spread.min();
        double width = (spread.max() - spread.min()) / RANGES;
        for (int from = 0, end; from < sorted.length; from = end) {
            double value = sorted[from];
            end = from + 1;
            while (end < sorted.length && sorted[end] == value) {
                end++;
            }
            String range;
            if (few) {
                range = short6(value);
            } else if (wide) {
                range = decade(value);
            } else {
                double bin = Math.min(RANGES - 1, Math.floor((value - spread.min()) / width));
                range = range(spread.min() + bin * width, spread.min() + (bin + 1) * width);
            }
            histogram.merge(range, end - from, Integer::sum);
        }
        return histogram;
    }

    private static int distinct(double[] sorted) {
        int count = Math.min(1, sorted.length);
        for (int k = 1; k < sorted.length; k++) {
            count += sorted[k] != sorted[k - 1] ? 1 : 0;
        }
        return count;
    }

    /** From one power of ten (inclusive) to the next (exclusive). */
    private static String decade(double value) {
        if (value <= 0) {
            return value == 0 ? "0" : "below 0";
        }
        int power = (int) Math.floor(Math.log10(value));
        BigDecimal low = BigDecimal.ONE.scaleByPowerOfTen(power);
        if (new BigDecimal(value).compareTo(low.scaleByPowerOfTen(1)) >= 0) {
            low = low.scaleByPowerOfTen(1); // Corrects the rounding of the logarithm.
        }
        return "from " + low.toPlainString() + " to below "
                + low.scaleByPowerOfTen(1).toPlainString();
    }

    private static String range(double low, double high) {
        return short6(low) + " to " + short6(high);
    }

    /** Six significant digits; whole numbers in full. */
    public static String short6(double value) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = value == Math.rint(value) ? exact : exact.round(new MathContext(6, RoundingMode.HALF_UP));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
