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

    static long[] times(@Nullable Events events) {
        if (events == null || events.timestamps() == null) {
            throw new InputException("split by time: found no timestamps in the data; a column named 'timestamp' is"
                    + " needed in every file; add one, or split at random");
        }
        return events.timestamps();
    }
}
