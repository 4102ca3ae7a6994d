package org.mineral.data;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A data set in numbers. Counts and shares are over the interactions of all parts.
 *
 * @param interactions number of pairs under train, valid and test
 * @param density pairs / (users x items)
 * @param perUser items of a user
 * @param perItem users of an item
 * @param gini inequality of item popularity: 0 if all items are equally popular, towards 1 if one has everything
 * @param shareOfTop1Percent share of the interactions that the most popular 1 % of the items hold (at least one item)
 * @param usersOutsideTrain users with interactions in valid or test and none in train
 * @param itemsOutsideTrain items with interactions in valid or test and none in train
 * @param time first and last timestamp, or null
 * @param ratings rating (or range, if there are more than 20 values) to number of interactions; empty without ratings
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
        Map<String, Long> notes,
        String hash) {

    private static final int MOST_RATING_VALUES = 20;

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

    /** As numbers of the file, and as ISO dates if they can be seconds or milliseconds since 1970 (else empty). */
    public record TimeRange(long first, long last, String firstDate, String lastDate) {

        /** As dates, or as the file's own numbers where they cannot be dates: years, or the steps of a log. */
        public String text() {
            return firstDate.isEmpty() || lastDate.isEmpty()
                    ? first + " to " + last + ", no dates"
                    : firstDate + " to " + lastDate;
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
                events == null || events.timestamps() == null ? null : range(events.timestamps()),
                events == null || events.ratings() == null ? Map.of() : histogram(events.ratings()),
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

    private static @Nullable TimeRange range(long[] times) {
        if (times.length == 0) {
            return null;
        }
        long first = Arrays.stream(times).min().orElse(0);
        long last = Arrays.stream(times).max().orElse(0);
        return new TimeRange(first, last, date(first, last), date(last, last));
    }

    /** The unit is judged by the last timestamp: seconds up to the year 5138, milliseconds from 1973. */
    private static String date(long time, long last) {
        if (last < 100_000_000L || last > 100_000_000_000_000L || time < 0) {
            return "";
        }
        return (last < 100_000_000_000L ? Instant.ofEpochSecond(time) : Instant.ofEpochMilli(time)).toString();
    }

    private static Map<String, Integer> histogram(float[] ratings) {
        Map<Float, Integer> values = new TreeMap<>();
        for (float rating : ratings) {
            values.merge(rating, 1, Integer::sum);
        }
        boolean few = values.size() <= MOST_RATING_VALUES;
        float least = values.isEmpty() ? 0 : ratings[0];
        float most = least;
        for (float rating : ratings) {
            least = Math.min(least, rating);
            most = Math.max(most, rating);
        }
        Map<String, Integer> histogram = new LinkedHashMap<>();
        double width = ((double) most - least) / 10;
        for (Map.Entry<Float, Integer> value : values.entrySet()) {
            int bin = (int) Math.min(9, (value.getKey() - (double) least) / width);
            String key =
                    few ? trim(value.getKey()) : trim(least + bin * width) + " to " + trim(least + (bin + 1) * width);
            histogram.merge(key, value.getValue(), Integer::sum);
        }
        return histogram;
    }

    private static String trim(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.6g", value).replaceAll("0+$", "");
    }
}
