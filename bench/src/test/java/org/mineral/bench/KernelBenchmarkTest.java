package org.mineral.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mineral.app.bench.KernelTask;
import org.mineral.app.bench.Roofline;
import org.mineral.linalg.KernelProvider;
import org.openjdk.jmh.annotations.Param;

/** That the benchmarks run at all; how fast, is for {@code bench/run}. */
class KernelBenchmarkTest {

    private static List<String> values(String field) throws NoSuchFieldException {
        return List.of(
                KernelBenchmark.class.getField(field).getAnnotation(Param.class).value());
    }

    @Test
    void everyKernelHasItsBenchmark() throws NoSuchFieldException {
        assertThat(values("kernel"))
                .containsExactlyElementsOf(
                        KernelTask.of(16).stream().map(KernelTask::name).toList());
    }

    @Test
    void everyBenchmarkRunsOnceWithItsShapes() throws NoSuchFieldException {
        for (String kernel : values("kernel")) {
            for (String code : values("code")) {
                if (code.equals("scalar") || KernelProvider.vector().isPresent()) {
                    KernelBenchmark benchmark = new KernelBenchmark();
                    benchmark.kernel = kernel;
                    benchmark.code = code;
                    // not a multiple of four vectors: the rests of rows run too
                    benchmark.dimension = 48;
                    benchmark.setUp();
                    benchmark.call();
                }
            }
        }
    }

    @Test
    void thePeakIsOfFiniteNumbers() {
        assertThat(new PeakBenchmark().multiplyAdds()).isFinite();
        assertThat(Roofline.multiplyAddOperations()).isPositive();
    }
}
