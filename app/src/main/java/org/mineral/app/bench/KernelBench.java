package org.mineral.app.bench;

import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;

/** Measures each kernel on one thread, alternating with the loop that bounds it. */
public final class KernelBench {

    private KernelBench() {}

    /** @param first whether to include the kernels that do not depend on the dimension */
    public static void run(Bench bench, int dimension, boolean first) {
        Kernels kernels = KernelProvider.best();
        for (KernelTask task : KernelTask.of(dimension)) {
            if (task.ofDimension() || first) {
                bench.progress("kernel " + task.name() + ", d = " + dimension);
                Rounds rounds = Rounds.warm(() -> task.call().accept(kernels), bench.quick ? 1 : 3);
                Limit limit = limit(bench, task);
                Meter meter = new Meter(limit.unit().equals("B") ? task.bytes() : task.flop(), limit);
                for (int k = 0; k < bench.manyLaps(); k++) {
                    meter.lap(rounds.seconds());
                }
                bench.add(meter.row("kernels", task.name(), task.ofDimension() ? dimension : 0, 1));
            }
        }
    }

    private static Limit limit(Bench bench, KernelTask task) {
        return switch (task.bound()) {
            case ARITHMETIC -> bench.arithmetic(bench.one);
            case CACHE_READ -> bench.reading(bench.one, Bench.CACHE);
            case CACHE_UPDATE -> bench.updating(bench.one, Bench.CACHE);
            case MEMORY_READ -> bench.reading(bench.one, task.bytes());
            case MEMORY_UPDATE -> bench.updating(bench.one, Roofline.memorySize());
        };
    }
}
