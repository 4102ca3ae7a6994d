package org.mineral.app.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats numbers for people, the same in the terminal and on the page. */
public final class Numbers {

    /** {@code 3 of 27}; nothing for what is made without epochs. */
    public static String epoch(int best, int of) {
        return of == 0 ? "" : best + " of " + of;
    }

    private Numbers() {}

    /** A ranking metric: four decimals, as the field's tables print it. */
    public static String metric(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
    }

    /** A p-value: never "0". */
    public static String p(double value) {
        return value < 0.001
                ? "< .001"
                : String.format(Locale.ROOT, "%.3f", value).replaceFirst("^0", "");
    }

    /** A duration: {@code 0.042 s}, {@code 3.4 s}, {@code 2 min 05 s}. */
    public static String seconds(double value) {
        if (value < 0.1) {
            return String.format(Locale.ROOT, "%.3f s", value);
        } else if (value < 10) {
            return String.format(Locale.ROOT, "%.2f s", value);
        } else if (value < 60) {
            return String.format(Locale.ROOT, "%.1f s", value);
        }
        long whole = Math.round(value);
        return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }

    /** A count with thousands separated. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 epoch}, {@code 20 epochs}. */
    public static String epochs(int count) {
        return count + (count == 1 ? " epoch" : " epochs");
    }

    /** {@code 42, 43, 44}. */
    public static String list(List<Long> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** A share, signed: {@code +3.4 %}. */
    public static String change(double share) {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * share).replace('-', '−');
    }

    /** A share: {@code 0.130 %}. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.01 ? "%.3f %%" : "%.1f %%", 100 * share);
    }
}
