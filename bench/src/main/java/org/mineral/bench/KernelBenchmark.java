package org.mineral.bench;

import java.util.concurrent.TimeUnit;
import org.mineral.app.bench.KernelTask;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One call of one kernel, on data that a call leaves fit for the next ({@link KernelTask}). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {

    @Param({
        "scores",
        "scoresOfOne",
        "accumulateUsers",
        "accumulateItems",
        "exp",
        "softplus",
        "hinge",
        "square",
        "above",
        "max",
        "dot",
        "axpy",
        "addRows",
        "adam",
        "pack"
    })
    public String kernel;

    @Param({"scalar", "simd"})
    public String code;

    @Param("64")
    public int dimension;

    private KernelTask task;
    private Kernels kernels;

    @Setup
    public void setUp() {
        task = task(kernel, dimension);
        kernels = code.equals("scalar")
                ? KernelProvider.scalar()
                : KernelProvider.vector()
                        .orElseThrow(() -> new IllegalStateException(
                                "no SIMD here: " + KernelProvider.shortcoming().orElse("")));
    }

    @Benchmark
    public void call() {
        task.call().accept(kernels);
    }

    static KernelTask task(String name, int dimension) {
        return KernelTask.of(dimension).stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kernel is called " + name));
    }
}
