package org.mineral.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mineral.linalg.KernelProvider;

@Tag("slow")
class RooflineTest {

    private static final int N = 512;

    /** Values and sums that a float holds exactly, in any order. */
    private static float[] wholeNumbers() {
        float[] values = new float[N + 40];
        for (int k = 0; k < values.length; k++) {
            values[k] = k % 23;
        }
        return values;
    }

    @Test
    void multiplyAddsAreTheSumOfTheirChains() throws ReflectiveOperationException {
        for (RooflineLoops loops : all()) {
            long chains = loops.operationsPerRound() / 2;
            // x = x / 2 + 1 ends at 2, wherever it starts
            assertThat(loops.multiplyAdds(200, 0.5f)).isEqualTo(2f * chains);
        }
    }

    @Test
    void updateChangesExactlyItsRange() throws ReflectiveOperationException {
        for (RooflineLoops loops : all()) {
            float[] values = wholeNumbers();
            float[] expected = wholeNumbers();
            for (int k = 5; k < 5 + N; k++) {
                expected[k] *= 3;
            }
            loops.update(values, 3, 5, 5 + N);
            assertThat(values).isEqualTo(expected);
        }
    }

    @Test
    void cachesAreFasterThanMemoryAndSimdMultipliesMoreThanPlainCode() {
        try (Roofline roofline = new Roofline(1);
                Roofline scalar = Roofline.scalar(1)) {
            assertThat(roofline.updateBytes(8 << 10)).isGreaterThan(roofline.updateBytes(Roofline.memorySize()));
            assertThat(roofline.readBytes(8 << 10)).isGreaterThan(roofline.readBytes(Roofline.memorySize()));
            if (KernelProvider.vector().isPresent()) {
                assertThat(roofline.flops()).isGreaterThan(2 * scalar.flops());
            }
        }
    }

    private static List<RooflineLoops> all() throws ReflectiveOperationException {
        RooflineLoops scalar = new ScalarRooflineLoops();
        if (KernelProvider.vector().isEmpty()) {
            return List.of(scalar);
        }
        return Arrays.asList(scalar, (RooflineLoops) Class.forName("org.mineral.app.bench.VectorRooflineLoops")
                .getDeclaredConstructor()
                .newInstance());
    }
}
