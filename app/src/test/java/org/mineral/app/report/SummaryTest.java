package org.mineral.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.Contrast;
import org.mineral.tune.compare.ComparisonResult.Pair;

class SummaryTest {

    @ParameterizedTest
    @CsvSource({
        "2.41, 2.4 times as good",
        "1.996, 2.0 times as good",
        "1.98, 98 % better",
        "1.3, 30 % better",
        "1.04, 4.0 % better",
        "1.004, 0.4 % better",
        "1.0001, better by less than 0.1 %"
    })
    void aSmallLeadIsSaidInPercent(double times, String words) {
        assertThat(Summary.better(times)).isEqualTo(words);
    }

    private static ComparisonResult twins(Pair pair) {
        ComparisonResult r = Samples.comparison("data");
        return new ComparisonResult(
                r.data(),
                r.protocol(),
                r.budget(),
                r.metric(),
                r.selection(),
                r.optimistic(),
                r.seed(),
                r.seeds(),
                r.threads(),
                r.environment(),
                r.entries(),
                r.floor(),
                r.ceiling(),
                List.of(pair),
                r.sameModels(),
                Map.of("softmax", "infonce+"),
                r.seconds());
    }

    /** In the sample, infonce+ has 0.0576 and softmax 0.0567. */
    @Test
    void itSaysWhetherAttributesHelp() {
        assertThat(Summary.of(Samples.comparison("data"))).noneMatch(line -> line.contains("ttributes"));
        assertThat(Summary.of(twins(new Pair("infonce+", "softmax", new Contrast(0.0009, 0.001, 0.001, true)))))
                .contains("Attributes help infonce+: NDCG@20 0.0576 with attributes, 0.0567 without; the difference is"
                        + " significant at the 5 % level.");
        assertThat(Summary.of(twins(new Pair("softmax", "infonce+", new Contrast(0.0009, 0.001, 0.001, true)))))
                .anyMatch(line -> line.startsWith("Attributes do harm to infonce+: "));
        assertThat(Summary.of(twins(new Pair("infonce+", "softmax", new Contrast(0.0009, 0.2, 0.001, false)))))
                .anyMatch(line -> line.startsWith("Whether attributes help cannot be told for infonce+: ")
                        && line.endsWith("no difference is significant at the 5 % level."));
    }
}
