package org.mineral.data.rows;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.data.Duplicates;
import org.mineral.data.HoldOut;
import org.mineral.data.text.Timestamps;

/** How interactions are read. */
public record ReadOptions(
        @Setting(doc = "rows with a lower rating are left out (and counted); auto keeps every row", value = "auto")
        double minRating,

        @Setting(doc = "name or number (from 1) of the user column; auto finds it by its name", value = "auto")
        String user,

        @Setting(doc = "name or number of the item column", value = "auto")
        String item,

        @Setting(doc = "name or number of the rating column, or none", value = "auto")
        String rating,

        @Setting(doc = "name or number of the time column, or none", value = "auto")
        String time,

        @Setting(
                doc =
                        "how dates are written: auto, day-first or month-first for 03/04/2013, or a pattern such as yyyyMMdd",
                value = "auto")
        String timeFormat,

        @Setting(doc = "name or number of the column of events, for weights", value = "auto")
        String event,

        @Setting(doc = "what an event counts, such as view=1,cart=3,buy=5; other events are left out", value = "auto")
        String weights,

        @Setting(doc = "rows before this time are left out: a number as in the data, or a date", value = "auto")
        String from,

        @Setting(doc = "rows at this time or later are left out", value = "auto")
        String until,

        @Setting(
                doc = "of a pair that occurs several times: its last row, its first, or the sum of its ratings",
                value = "last")
        Duplicates duplicates,

        @Setting(
                doc =
                        "whether the order of the rows is kept also where no equal times ask for it; splits by each user's last"
                                + " interactions take it where there are no times; 8 bytes a pair",
                value = "false")
        boolean keepOrder,

        @Setting(
                doc =
                        "whether rows that cannot be understood are left out, counted and the first of them listed, instead of"
                                + " refused",
                value = "false")
        boolean skipBad) {

    public static final ReadOptions DEFAULTS = Config.defaults(ReadOptions.class);

    /** Options for data that will be split in this way: with the order of the file, if it may be needed. */
    public static ReadOptions of(HoldOut.Order order) {
        return DEFAULTS.with("keep_order", order == HoldOut.Order.LAST);
    }

    public static final String AUTO = "auto";
    static final String NONE = "none";

    public ReadOptions {
        Config.check(
                ReadOptions.class,
                minRating,
                user,
                item,
                rating,
                time,
                timeFormat,
                event,
                weights,
                from,
                until,
                duplicates,
                keepOrder,
                skipBad);
        if (!weights.equals(AUTO)) {
            RowFilter.weights(weights);
        }
        Timestamps timestamps = new Timestamps(timeFormat);
        RowFilter.bound("from", from, timestamps);
        RowFilter.bound("until", until, timestamps);
    }

    /** A copy with one setting, by its public name. */
    public ReadOptions with(String name, Object value) {
        return Config.with(this, name, value);
    }

    /** Whether rows have a rating even if the file has none: the weight of the event, or the number of equal rows. */
    public boolean rates() {
        return !weights.equals(AUTO) || duplicates == Duplicates.SUM;
    }
}
