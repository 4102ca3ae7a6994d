package org.mineral.data.attributes;

import java.util.Arrays;
import java.util.Locale;

/**
 * Bins of a column of numbers.
 *
 * @param edges the least number of each bin but the first, ascending
 */
record NumberBins(double[] edges) {

    /** The bin of a number, from 0. */
    int of(float number) {
        int found = Arrays.binarySearch(edges, number);
        return found < 0 ? -found - 1 : found + 1;
    }

    /** The attribute of a bin: {@code year<1980}, {@code year=1980..1990}, {@code year>=1990}. */
    String name(String column, int bin) {
        if (edges.length == 0) {
            return column + "=any";
        }
        return bin == 0
                ? column + "<" + text(edges[0])
                : bin == edges.length
                        ? column + ">=" + text(edges[bin - 1])
                        : column + "=" + text(edges[bin - 1]) + ".." + text(edges[bin]);
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.format(Locale.ROOT, "%d", (long) number)
                : Float.toString((float) number);
    }
}
