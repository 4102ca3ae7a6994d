package org.mineral.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expected values by NumPy:
 *
 * <pre>
 * import numpy as np
 * def metrics(hits, k, n):
 *     h = np.zeros(k); m = min(k, len(hits)); h[:m] = hits[:m]
 *     d = 1/np.log2(np.arange(2, k+2))
 *     first = np.flatnonzero(h)
 *     return [h.sum()/n, h@d/d[:min(k, n)].sum(), h.sum()/k, float(h.any()),
 *             1/(first[0]+1) if len(first) else 0.0, (np.cumsum(h)/np.arange(1, k+1)*h).sum()/min(k, n)]
 * for hits, k, n in [([0,1,0,0,1], 5, 3), ([1,1,0], 5, 2), ([0,0,1,1,1,1], 4, 9), ([0,0,0], 3, 1)]:
 *     print(metrics(hits, k, n))
 * </pre>
 */
class MetricsTest {

    @ParameterizedTest
    @CsvSource({
        "01001, 5, 3, 0.6666666666666666, 0.4776237035032179, 0.4, 1.0, 0.5, 0.3",
        "110, 5, 2, 1.0, 1.0, 0.4, 1.0, 1.0, 1.0",
        "001111, 4, 9, 0.2222222222222222, 0.36331756126716835, 0.5, 1.0, 0.3333333333333333, 0.20833333333333331",
        "000, 3, 1, 0, 0, 0, 0, 0, 0"
    })
    void agreeWithNumPy(
            String hits,
            int k,
            int n,
            double recall,
            double ndcg,
            double precision,
            double hit,
            double mrr,
            double map) {
        boolean[] flags = new boolean[hits.length()];
        for (int r = 0; r < flags.length; r++) {
            flags[r] = hits.charAt(r) == '1';
        }
        List<Metric> metrics = new ArrayList<>(List.of(Recall.STANDARD));
        metrics.addAll(List.of(RankMetric.values()));
        double[] expected = {recall, ndcg, precision, hit, mrr, map};
        for (int m = 0; m < expected.length; m++) {
            assertThat(metrics.get(m).value(flags, k, n))
                    .as(metrics.get(m).label())
                    .isCloseTo(expected[m], within(1e-12));
        }
        assertThat(Recall.CALIBRATED.value(flags, k, n)).isCloseTo(recall * n / Math.min(k, n), within(1e-12));
    }
}
