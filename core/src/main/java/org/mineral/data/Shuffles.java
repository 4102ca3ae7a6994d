package org.mineral.data;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/** Orders that splits cut: random and chronological. */
final class Shuffles {

    private Shuffles() {}

    /** A generator of one user's own, so that one user's draws never depend on another's data. */
    static SplittableRandom generator(long seed, int user) {
        // SplittableRandom mixes its state well, but neighbouring seeds must not be neighbouring states
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ user * 0xD1B54A32D192ED03L);
    }

    /** A random permutation of 0 to n - 1 (Fisher and Yates). */
    static int[] order(int n, SplittableRandom random) {
        int[] order = IntStream.range(0, n).toArray();
        for (int k = n - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int swapped = order[k];
            order[k] = order[other];
            order[other] = swapped;
        }
        return order;
    }

    /** Positions begin to end by time; of equal times the lower position first. */
    static int[] chronological(long[] times, int begin, int end) {
        return IntStream.range(begin, end)
                .boxed()
                .sorted(Comparator.comparingLong(k -> times[k]))
                .mapToInt(k -> k)
                .toArray();
    }

    /** Times, or the order of the file where there are none. */
    static long[] sequence(@Nullable Events events) {
        long[] times = timesOf(events);
        long[] known = times != null || events == null ? times : events.order();
        if (known == null) {
            throw new InputException(
                    "split by each user's last interactions: found neither timestamps nor the order of a"
                            + " file; allowed: a column named 'timestamp' in every file, or files that are read with the setting"
                            + " keep_order, which generated data are not; split at random instead");
        }
        return known;
    }

    private static long @Nullable [] timesOf(@Nullable Events events) {
        return events == null ? null : events.timestamps();
    }

    static long[] times(@Nullable Events events) {
        long[] times = timesOf(events);
        if (times == null) {
            throw new InputException("split by time: found no timestamps in the data; a column named 'timestamp' is"
                    + " needed in every file; add one, split at random, or by the order of the file: tail, or"
                    + " last:1:1:file");
        }
        return times;
    }
}
