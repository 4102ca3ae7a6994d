package org.mineral.app.command.option;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/** Parses {@code --seeds}: a number of seeds, or a list. */
public final class Seeds {

    /** The seed where none is given. */
    public static final long DEFAULT = 42;

    private static final int MOST = 100;

    private Seeds() {}

    /**
     * {@code 3} is the first seed and the two after it, {@code 7,11} is these.
     *
     * @param first null if it was not given
     * @throws InputException if it is neither
     */
    public static List<Long> parse(String text, @Nullable Long first) {
        try {
            if (text.contains(",")) {
                if (first != null) {
                    throw new InputException(
                            "--seeds " + text + " names the seeds, and so does --seed; give one of them.");
                }
                return Arrays.stream(text.split(","))
                        .map(seed -> Long.valueOf(seed.strip()))
                        .toList();
            }
            int count = Integer.parseInt(text.strip());
            long from = first == null ? DEFAULT : first;
            if (count >= 1 && count <= MOST) {
                return LongStream.range(from, from + count).boxed().toList();
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number out of range is.
        }
        throw new InputException("--seeds " + text + " is neither a number from 1 to " + MOST
                + " nor a list of seeds; try --seeds 3 or --seeds 7,11,13.");
    }
}
