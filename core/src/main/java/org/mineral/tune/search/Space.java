package org.mineral.tune.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.config.TuneRange;
import org.mineral.random.Streams;

/**
 * The search space of a model: the settings whose {@code @Setting} has a range, and a sequence of points that fills the space evenly for any
 * number of points.
 *
 * <p>Point 0 is the defaults. Point k is the k-th of a Halton sequence, the digits of k mirrored behind the point
 * in base 2, 3, 5, ... for each setting, shifted by a random vector modulo 1 that the seed decides (Cranley, Patterson 1976).
 */
final class Space {

    private static final int[] PRIMES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29};

    private final List<TuneRange> ranges;
    private final double[] shift;

    private Space(List<TuneRange> ranges, double[] shift) {
        this.ranges = ranges;
        this.shift = shift;
    }

    /**
     * @param fixed settings that the user gave, or that have no effect
     * @throws InputException if nothing is left to tune
     */
    static Space of(String name, ModelSpec spec, Set<String> fixed, long seed) {
        List<TuneRange> ranges = TuneRange.of(
                spec.parameters(),
                setting -> !fixed.contains(setting) && !spec.settings().containsKey(setting));
        if (ranges.isEmpty()) {
            throw new InputException(
                    "nothing of " + name + " is left to tune: it has no setting with a range that is not set.");
        }
        return new Space(ranges, Streams.ofSearch(seed).doubles(ranges.size()).toArray());
    }

    List<TuneRange> ranges() {
        return ranges;
    }

    /** The settings of point k; empty for point 0. */
    Map<String, String> point(int k) {
        Map<String, String> point = new LinkedHashMap<>();
        for (int r = 0; r < ranges.size() && k > 0; r++) {
            double share = (mirrored(k, PRIMES[r]) + shift[r]) % 1;
            point.put(ranges.get(r).name(), ranges.get(r).at(share));
        }
        return point;
    }

    /** sum_i d_i base^-(i+1), with the digits d_i of k, the last first. */
    static double mirrored(int k, int base) {
        double value = 0;
        double place = 1;
        for (int rest = k; rest > 0; rest /= base) {
            place /= base;
            value += place * (rest % base);
        }
        return value;
    }
}
