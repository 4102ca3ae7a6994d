package org.mineral.app.bench;

import java.util.HashMap;
import java.util.Map;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;

/**
 * The limits of this machine on a number of threads: multiply-adds in registers, and bytes streamed. No kernel is faster than the tighter of
 * the two (Williams, Waterman, Patterson 2009, "Roofline"), so a kernel's share of it shows the remaining potential.
 *
 * <p>Each call measures for some hundredths of a second: clock rates change with temperature and load, so a limit is comparable only with
 * measurements at the same time. Not thread-safe.
 */
public final class Roofline implements AutoCloseable {

    /** More than any cache in use keeps; less where Java has not got it. */
    private static final long MEMORY = 256L << 20;

    /** Some milliseconds: long beside what it takes to wake a thread. */
    private static final int MULTIPLY_ADD_ROUNDS = 1 << 20;

    /** The same for streams, in floats. */
    private static final int STREAMED = 1 << 24;

    private static final int PROBES = 5;

    /** Streams are so many floats or a multiple: the loops take no rest. */
    private static final int BLOCK = 256;

    /** Floats in a cache line. */
    private static final int LINE = 16;

    private static final float FACTOR = 0.5f;
    private static final RooflineLoops SCALAR = new ScalarRooflineLoops();
    private static final RooflineLoops BEST = KernelProvider.vector().isPresent() ? vector() : SCALAR;

    private final RooflineLoops loops;
    private final Kernels kernels;
    private final Workers workers;
    private final float[] results;
    private final Rounds multiplyAdds;
    private final Map<Long, Stream> reads = new HashMap<>();
    private final Map<Long, Stream> updates = new HashMap<>();

    /** With the registers that {@link KernelProvider#best()} uses. */
    public Roofline(int threads) {
        this(threads, BEST);
    }

    Roofline(int threads, RooflineLoops loops) {
        this.loops = loops;
        this.kernels = loops == SCALAR ? KernelProvider.scalar() : KernelProvider.best();
        this.workers = new Workers(threads);
        this.results = new float[threads];
        this.multiplyAdds = Rounds.warm(() -> onAll(w -> results[w] = loops.multiplyAdds(MULTIPLY_ADD_ROUNDS, FACTOR)));
    }

    /** One pass of multiply-adds on the calling thread, for harnesses with a clock of their own; returns their sum. */
    public static float multiplyAdds() {
        return BEST.multiplyAdds(MULTIPLY_ADD_ROUNDS, FACTOR);
    }

    /** Floating-point operations of one {@link #multiplyAdds}. */
    public static double multiplyAddOperations() {
        return (double) MULTIPLY_ADD_ROUNDS * BEST.operationsPerRound();
    }

    /** The same limits where the vector module is absent. */
    static Roofline scalar(int threads) {
        return new Roofline(threads, SCALAR);
    }

    /** Bytes over which {@link #readBytes} and {@link #updateBytes} measure main memory rather than a cache. */
    public static long memorySize() {
        return Math.min(MEMORY, Runtime.getRuntime().maxMemory() / 4);
    }

    public int threads() {
        return workers.threads();
    }

    /** Floating-point operations a second of multiply-adds between registers; one multiply-add is two. */
    public double flops() {
        double operations = (double) threads() * MULTIPLY_ADD_ROUNDS * loops.operationsPerRound();
        return operations / multiplyAdds.median(PROBES);
    }

    /** Bytes a second of reading over and over so many bytes, divided among the threads. */
    public double readBytes(long bytes) {
        return reads.computeIfAbsent(bytes, b -> new Stream(b, false)).bytesPerSecond();
    }

    /** Bytes a second of {@code a = a x} over so many bytes: each is read and written, and counts twice. */
    public double updateBytes(long bytes) {
        return updates.computeIfAbsent(bytes, b -> new Stream(b, true)).bytesPerSecond();
    }

    @Override
    public void close() {
        workers.close();
    }

    /** An array for each thread, streamed through over and over. */
    private final class Stream {

        private final boolean writes;
        private final float[][] arrays;
        private final int length;
        private final int repeats;
        private final Rounds[] rounds;

        Stream(long bytes, boolean writes) {
            this.writes = writes;
            length = (int) Math.max(BLOCK, bytes / Float.BYTES / threads() / BLOCK * BLOCK);
            repeats = Math.max(1, STREAMED / length);
            arrays = new float[threads()][length + LINE];
            // Where in a cache line an array starts is the JVM's secret. In the caches it matters: try all even places.
            rounds = new Rounds[length >= STREAMED ? 1 : LINE / 2];
            for (int r = 0; r < rounds.length; r++) {
                int from = 2 * r;
                Runnable pass = () -> onAll(w -> results[w] = pass(arrays[w], from));
                rounds[r] = r == 0 ? Rounds.warm(pass) : Rounds.compiled(pass);
            }
        }

        private float pass(float[] array, int from) {
            float sum = 0;
            for (int r = 0; r < repeats; r++) {
                if (writes) {
                    loops.update(array, 1, from, from + length);
                } else {
                    sum += kernels.sum(array, from, length);
                }
            }
            return sum + array[from];
        }

        double bytesPerSecond() {
            double seconds = Double.MAX_VALUE;
            for (Rounds place : rounds) {
                seconds = Math.min(seconds, place.median(PROBES));
            }
            return (writes ? 2.0 : 1.0) * Float.BYTES * threads() * length * repeats / seconds;
        }
    }

    private interface Work {
        void on(int worker);
    }

    private void onAll(Work work) {
        workers.run(threads(), (task, worker) -> work.on(task));
    }

    private static RooflineLoops vector() {
        try {
            return (RooflineLoops) Class.forName("org.mineral.app.bench.VectorRooflineLoops")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            return SCALAR;
        }
    }
}
