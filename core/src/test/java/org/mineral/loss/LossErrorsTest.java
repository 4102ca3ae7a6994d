package org.mineral.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.config.InputException;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Similarity;

class LossErrorsTest {

    private static final double[] ONE = {0.5};
    private final RowEvaluator mine = RowEvaluator.of(Losses.mine());

    @ParameterizedTest
    @CsvSource({"mine++, mine+", "sofmax, softmax", "debiased-cl, debiased-ccl", "BPR, bpr", "infnce, infonce"})
    void aMisspeltLossSuggestsTheNearest(String found, String meant) {
        assertThatThrownBy(() -> Losses.of(found))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({
        "mine+, lambda, -1",
        "mine+, lambda, NaN",
        "infonce+, epsilon, -0.1",
        "ccl, margin, 1.5",
        "ccl, negative_weight, -2",
        "mse, negative_weight, Infinity",
        "bce, negative_weight, x",
        "debiased-infonce, positive_rate, 1",
        "debiased-mse, positive_scale, -1",
        "sampled-softmax, pooling, insight",
        "mine, lambda, 1.2"
    })
    void aParameterOutOfRangeIsRefused(String loss, String name, String value) {
        assertThatThrownBy(() -> Losses.of(loss, Map.of(name, value)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(name);
    }

    @Test
    void aRowThatCannotBeComputedIsRefused() {
        refused(() -> mine.evaluate(new double[0], ONE), "no positives");
        refused(() -> mine.evaluate(ONE, new double[0]), "no candidates");
        refused(() -> mine.evaluate(new double[] {0, Double.NaN}, ONE), "positives[1]");
        refused(() -> mine.evaluate(ONE, new double[] {Double.POSITIVE_INFINITY}), "candidates[0]");
        refused(() -> mine.evaluate(ONE, new double[] {-1.5}), "-1 to 1");
        refused(() -> mine.evaluate(ONE, ONE, new double[] {1, 2}), "2 weights for 1 candidates");
        refused(() -> mine.evaluate(ONE, ONE, new double[] {0}), "above 0");
        refused(() -> mine.withTemperature(0), "temperature");
        RowEvaluator squares = RowEvaluator.of(Losses.mse(1)).withSimilarity(Similarity.DOT);
        refused(() -> squares.evaluate(ONE, new double[] {1e200}), "double precision");
    }

    @Test
    void dotProductsMayBeAnything() {
        assertThat(mine.withSimilarity(Similarity.DOT)
                        .evaluate(ONE, new double[] {-15})
                        .value())
                .isFinite();
        assertThat(RowEvaluator.of(Losses.bpr()).evaluate(ONE, new double[] {7}).value())
                .isFinite();
    }

    @Test
    void thePageOfLossesHoldsEachNameFormulaAndDefaults() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/losses.md"));
        for (String name : OwnLosses.names()) {
            LossType type = Losses.typeOf(Losses.recordOf(name));
            String row = page.lines()
                    .filter(line -> line.startsWith("| `" + name + "` |"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not in docs/reference/losses.md"));
            assertThat(row).contains("`" + type.formula() + "`", type.source(), "`" + type.candidates() + "`");
            Losses.parameters(Losses.of(name))
                    .forEach((parameter, value) -> assertThat(row).contains("`" + parameter + "` " + value));
        }
    }

    private static void refused(Runnable action, String why) {
        assertThatThrownBy(action::run).isInstanceOf(InputException.class).hasMessageContaining(why);
    }
}
