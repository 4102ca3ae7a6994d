package org.mineral.data.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Divides a stream into blocks of whole lines that are parsed on all processors; the results are consumed in the order of the stream. A few
 * blocks are in memory at a time.
 */
public final class TextBlocks {

    private static final int SIZE = 4 << 20;

    private final InputStream in;
    private final int size;
    private byte[] rest = new byte[0];
    private boolean ended;

    public TextBlocks(InputStream in) {
        this(in, SIZE);
    }

    /** With blocks of at most this many bytes. */
    public TextBlocks(InputStream in, int size) {
        this.in = in;
        this.size = size;
    }

    /** Bytes of whole lines; only the first {@code length} are used. */
    public record Block(byte[] bytes, int length) {}

    /**
     * @param parse runs on any thread
     * @param take receives the results in order; returning false stops the reading
     * @return whether the whole stream was read; false also if a line is longer than {@link Utf8Reader#LONGEST_LINE}
     */
    public <T> boolean run(@Nullable Block first, Function<Block, T> parse, Predicate<T> take) throws IOException {
        Deque<ForkJoinTask<T>> running = new ArrayDeque<>();
        int most = ForkJoinPool.commonPool().getParallelism() + 2;
        @Nullable Block block = first;
        boolean good = true;
        while (good && (block != null || !running.isEmpty())) {
            if (block != null) {
                Block next = block;
                running.add(ForkJoinPool.commonPool().submit(() -> parse.apply(next)));
                block = next();
            }
            while (good && !running.isEmpty() && (block == null || running.size() >= most)) {
                good = take.test(running.remove().join());
            }
        }
        running.forEach(ForkJoinTask::join);
        return good && ended;
    }

    /** The next lines; null at the end, and if a line is too long. */
    @Nullable
    public Block next() throws IOException {
        if (ended) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(rest, Math.max(size, rest.length * 2));
        int length = rest.length;
        while (true) {
            length += in.readNBytes(bytes, length, bytes.length - length);
            if (length < bytes.length) {
                ended = true;
                rest = new byte[0];
                return length == 0 ? null : new Block(bytes, length);
            }
            int end = behindLast((byte) '\n', bytes, length);
            end = end > 0 ? end : behindLast((byte) '\r', bytes, length - 1);
            if (end > 0) {
                rest = Arrays.copyOfRange(bytes, end, length);
                return new Block(bytes, end);
            }
            if (length > Utf8Reader.LONGEST_LINE) {
                return null;
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(length * 2L, Utf8Reader.LONGEST_LINE + 1));
        }
    }

    private static int behindLast(byte lineEnd, byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != lineEnd) {
            end--;
        }
        return end;
    }
}
