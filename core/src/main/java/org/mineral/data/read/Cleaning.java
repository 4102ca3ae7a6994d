package org.mineral.data.read;

import java.util.Arrays;
import org.mineral.config.Config;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.config.Setting;
import org.mineral.data.DataReport;
import org.mineral.data.Dataset;
import org.mineral.data.Duplicates;
import org.mineral.data.Events;
import org.mineral.data.Interactions;
import org.mineral.data.RepeatedRows;
import org.mineral.data.Split;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.text.DataErrors;

/**
 * Filters data: removes pairs below a least weight, then users and items with too few or too many interactions. Removing users changes the
 * counts of items and vice versa, so both are repeated until all counts are in range. With lower bounds only, the result is the k-core, the
 * largest subset in which all counts reach the bounds.
 */
public record Cleaning(
        @Setting(
                value = "auto",
                doc = "pairs with a lower rating, after equal pairs have been put together, are left out")
        double minWeight,

        @Setting(value = "auto", doc = "interactions of a user: 5 (at least) or 5:500 (also at most)")
        String userInteractions,

        @Setting(value = "auto", doc = "interactions of an item: 5 (at least) or 5:500 (also at most)")
        String itemInteractions) {

    public static final Cleaning NONE = Config.defaults(Cleaning.class);

    public Cleaning {
        Config.check(Cleaning.class, minWeight, userInteractions, itemInteractions);
        range("user_interactions", userInteractions);
        range("item_interactions", itemInteractions);
    }

    /** A copy with one setting, by its public name. */
    public Cleaning with(String name, Object value) {
        return Config.with(this, name, value);
    }

    /** A range of allowed counts, both ends included. */
    private record Range(int least, int most) {
        boolean holds(int count) {
            return count >= least && count <= most;
        }
    }

    /**
     * Filters the data, with a note for each step. Users and items without interactions are removed; the others keep their order.
     *
     * @throws InputException if nothing remains, or a least weight is given for data without ratings
     */
    public Dataset apply(Dataset data) {
        return counted(Double.isNaN(minWeight) ? data : strong(data, ratings(data)));
    }

    /**
     * Filters and splits. Before a split by time, only pairs are removed that cannot reach the least weight in any part. The others are
     * checked after it, within their part, so that later rows do not decide what is in train.
     *
     * @throws InputException as {@link #apply(Dataset)} and {@link Dataset#split} throw it
     */
    public Dataset apply(Dataset data, Split split) {
        if (Double.isNaN(minWeight) || !split.chronological()) {
            return apply(data).split(split);
        }
        Dataset parts = counted(strong(data, heaviest(data))).split(split);
        return strong(parts, ratings(parts));
    }

    /** Removes users and items with too few or too many interactions. */
    private Dataset counted(Dataset strong) {
        Range users = range("user_interactions", userInteractions);
        Range items = range("item_interactions", itemInteractions);
        Interactions all = strong.all();
        boolean[] userStays = new boolean[all.users()];
        boolean[] itemStays = new boolean[all.items()];
        Arrays.fill(userStays, true);
        Arrays.fill(itemStays, true);
        if (!narrow(all, users, items, userStays, itemStays)) {
            return strong;
        }
        int[] owners = owners(all);
        boolean[] stays = new boolean[all.size()];
        for (int k = 0; k < stays.length; k++) {
            stays[k] = userStays[owners[k]] && itemStays[all.columns()[k]];
        }
        DataReport report = strong.report()
                .plus("users outside " + text(users) + " interactions left out", count(userStays))
                .plus("items outside " + text(items) + " interactions left out", count(itemStays))
                .plus("interactions of users or items left out", count(stays));
        return Selection.of(strong, stays, report);
    }

    private static double[] ratings(Dataset data) {
        Events events = data.events();
        double[] ratings = events == null ? null : events.ratings();
        if (ratings == null) {
            throw new InputException(
                    data.name() + ": found no ratings; allowed: data with ratings, for a least weight;",
                    Hint.read("add up equal rows", "duplicates", "sum"),
                    Hint.read("name the column", "rating", "NAME"));
        }
        return ratings;
    }

    /** The largest weight that each pair can have in any part. */
    private static double[] heaviest(Dataset data) {
        double[] ratings = ratings(data);
        RepeatedRows repeats = data.events() == null ? null : data.events().repeats();
        double[] rows = repeats == null ? null : repeats.ratings();
        if (repeats == null || rows == null) {
            return ratings;
        }
        boolean sums = repeats.duplicates() == Duplicates.SUM;
        double[] most = ratings.clone();
        for (int r = 0, begin = 0; r < rows.length; r++) {
            int pair = repeats.pairs()[r];
            begin = r == 0 || repeats.pairs()[r - 1] != pair ? r : begin;
            double before = r == begin ? (sums ? 0 : rows[r]) : most[pair];
            most[pair] = sums ? before + Math.max(0, rows[r]) : Math.max(before, rows[r]);
        }
        return most;
    }

    private Dataset strong(Dataset data, double[] weights) {
        boolean[] stays = new boolean[weights.length];
        for (int k = 0; k < stays.length; k++) {
            stays[k] = weights[k] >= minWeight;
        }
        return Selection.of(
                data, stays, data.report().plus("interactions below the least weight left out", count(stays)));
    }

    /** Removes users and items until all counts are in range; returns whether anything was removed. */
    private static boolean narrow(
            Interactions all, Range users, Range items, boolean[] userStays, boolean[] itemStays) {
        boolean any = false;
        for (boolean changed = true; changed; any |= changed) {
            int[] perUser = new int[userStays.length];
            int[] perItem = new int[itemStays.length];
            for (int u = 0; u < userStays.length; u++) {
                for (int k = all.begin(u); userStays[u] && k < all.end(u); k++) {
                    int item = all.columns()[k];
                    perUser[u] += itemStays[item] ? 1 : 0;
                    perItem[item] += itemStays[item] ? 1 : 0;
                }
            }
            changed = drop(perUser, users, userStays) | drop(perItem, items, itemStays);
        }
        return any;
    }

    private static boolean drop(int[] counts, Range allowed, boolean[] stays) {
        boolean dropped = false;
        for (int k = 0; k < counts.length; k++) {
            if (stays[k] && !allowed.holds(counts[k])) {
                stays[k] = false;
                dropped = true;
            }
        }
        return dropped;
    }

    private static int[] owners(Interactions all) {
        int[] owners = new int[all.size()];
        for (int u = 0; u < all.users(); u++) {
            Arrays.fill(owners, all.begin(u), all.end(u), u);
        }
        return owners;
    }

    private static long count(boolean[] stays) {
        long gone = 0;
        for (boolean stay : stays) {
            gone += stay ? 0 : 1;
        }
        return gone;
    }

    private static String text(Range range) {
        return range.most == Integer.MAX_VALUE ? range.least + " or more" : range.least + " to " + range.most;
    }

    private static Range range(String name, String text) {
        if (text.equals(ReadOptions.AUTO)) {
            return new Range(0, Integer.MAX_VALUE);
        }
        String[] ends = text.split(":", -1);
        try {
            Range range = new Range(
                    Integer.parseInt(ends[0]),
                    ends.length < 2 || ends[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(ends[1]));
            if (ends.length <= 2 && range.least >= 0 && range.most >= Math.max(1, range.least)) {
                return range;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new InputException(name + ": found " + DataErrors.quote(text)
                + "; allowed: a least number, or a least and a largest one; try 5 or 5:500");
    }
}
