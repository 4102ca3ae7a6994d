package org.mineral.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.loss.row.Loss;

/** Values and gradients against an independent 60-digit computation: golden.py stands beside golden.tsv. */
class GoldenLossTest {

    record Golden(String loss, double t, double[] p, double[] c, double[] w, double value, double[] dp, double[] dc) {

        @Override
        public String toString() {
            return loss + " at t=" + t + ", " + p.length + " positives";
        }
    }

    static Stream<Golden> golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenLossTest.class.getResourceAsStream("golden.tsv"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(GoldenLossTest::parse).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void agreesWithIndependentComputation(Golden golden) {
        RowEvaluator.Result result =
                RowEvaluator.of(loss(golden.loss)).withTemperature(golden.t).evaluate(golden.p, golden.c, golden.w);
        assertThat(result.value()).isCloseTo(golden.value, within(1e-11 * (1 + Math.abs(golden.value))));
        assertClose(result.gradPositives(), golden.dp);
        assertClose(result.gradCandidates(), golden.dc);
    }

    @Test
    void coversEveryLoss() throws IOException {
        List<String> covered =
                golden().map(g -> g.loss.split(" ")[0]).distinct().toList();
        assertThat(covered).containsExactlyInAnyOrderElementsOf(OwnLosses.names());
    }

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int k = 0; k < expected.length; k++) {
            assertThat(actual[k]).isCloseTo(expected[k], within(1e-11 * (1 + Math.abs(expected[k]))));
        }
    }

    private static Loss loss(String text) {
        String[] parts = text.split(" ");
        Map<String, String> parameters = new HashMap<>();
        for (int k = 1; k < parts.length; k++) {
            String[] pair = parts[k].split("=");
            parameters.put(pair[0], pair[1]);
        }
        return Losses.of(parts[0], parameters);
    }

    private static Golden parse(String line) {
        String[] f = line.split("\t");
        return new Golden(
                f[0],
                Double.parseDouble(f[1]),
                numbers(f[2]),
                numbers(f[3]),
                numbers(f[4]),
                Double.parseDouble(f[5]),
                numbers(f[6]),
                numbers(f[7]));
    }

    private static double[] numbers(String list) {
        return Arrays.stream(list.split(",")).mapToDouble(Double::parseDouble).toArray();
    }
}
