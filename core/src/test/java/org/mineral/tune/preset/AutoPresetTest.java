package org.mineral.tune.preset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.Comparison;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.Repeating;
import org.mineral.tune.compare.SelectionProtocol;

class AutoPresetTest {

    private static double setting(String name, int interactions, double gap) {
        return Double.parseDouble(
                AutoPreset.settings("mine+", interactions, gap).get(name));
    }

    @Test
    void rulesStayWithinTheirBoundsAndFollowTheData() {
        double before = 1;
        for (double gap = -2; gap <= 2; gap += 0.05) {
            double temperature = setting("temperature", 1, gap);
            assertThat(temperature).isBetween(0.12, 0.5).isLessThanOrEqualTo(before);
            before = temperature;
        }
        for (int size = 1; size < 2_000_000_000 / 3; size *= 3) {
            assertThat(setting("epochs", size, 0)).isBetween(10.0, 30.0);
        }
        assertThat(setting("temperature", 1, 0)).isEqualTo(0.5);
        assertThat(setting("temperature", 1, 0.3)).isEqualTo(0.25);
        assertThat(setting("temperature", 1, 0.53)).isEqualTo(0.15);
        assertThat(setting("epochs", 80_000, 0)).isEqualTo(10);
        assertThat(setting("epochs", 1_300_000, 0)).isEqualTo(30);
    }

    @Test
    void noisyDataAreTrainedAtAHigherTemperatureThanCleanOnes() {
        String options = "builtin:tastes:users=600,items=300,tastes=12,noise=";
        double clean = temperature(options + "0");
        assertThat(clean).isBetween(0.12, 0.45);
        assertThat(temperature(options + "0.7")).isBetween(clean + 0.05, 0.5);
    }

    private static double temperature(String data) {
        Interactions train = Datasets.read(data).train();
        return Double.parseDouble(new AutoPreset().settings("mine+", train).get("temperature"));
    }

    /** Contestant reads them as a user's would be read: names and ranges are checked. */
    @Test
    void everyLossThatItKnowsTakesItsSettings() {
        AutoPreset auto = new AutoPreset();
        assertThat(auto.losses()).startsWith("mine+").contains("softmax").doesNotContain("bpr", "mse", "infonce");
        for (String loss : auto.losses()) {
            Map<String, String> settings = AutoPreset.settings(loss, 5000, 0.2);
            ComparedModel compared = ComparedModel.of(loss, settings, 1);
            assertThat(compared.settings()).containsEntry("temperature", settings.get("temperature"));
            assertThat(settings.containsKey("lambda")).isEqualTo(loss.endsWith("+"));
        }
        assertThat(auto.settings("bpr", Interactions.empty(3, 3))).isEmpty();
        assertThat(Presets.of("auto")).isEqualTo(auto);
        assertThat(Presets.names()).startsWith("auto");
    }

    @Test
    void theRulesFitWhereNothingOfThemIsSaidOtherwise() {
        assertThat(AutoPreset.fits("mine+", Set.of())).isTrue();
        assertThat(AutoPreset.fits("softmax", Set.of("dimension", "seed", "lambda")))
                .isTrue();
        assertThat(AutoPreset.fits("mine+", Set.of("lambda"))).isFalse();
        assertThat(AutoPreset.fits("mine+", Set.of("dimension", "candidates"))).isFalse();
        assertThat(AutoPreset.fits("bpr", Set.of())).isFalse();
    }

    @Tag("slow")
    @Test
    void aComparisonBeginsEachLossWithThem() {
        Dataset data = Datasets.read("builtin:tastes:users=150,items=100");
        ComparisonResult result = Comparison.of(data)
                .losses(List.of("mine+", "mse"))
                .budget(Budget.epochs(1))
                .settings(Map.of("dimension", "8"))
                .selection(SelectionProtocol.DEFAULTS.preset(new AutoPreset()))
                .threads(1)
                .listener(new Repeating())
                .run();
        Map<String, String> rules = new AutoPreset().settings("mine+", data.train());
        for (ComparisonResult.Entry entry : result.entries()) {
            if (entry.name().equals("mine+")) {
                assertThat(entry.settings()).containsEntry("temperature", rules.get("temperature"));
                assertThat(entry.commands().get(0)).contains("temperature=" + rules.get("temperature"), "epochs=1");
            } else {
                assertThat(entry.settings()).containsEntry("learning_rate", "0.05");
            }
        }
        assertThat(result.protocol()).anyMatch(s -> s.contains("preset auto"));
    }
}
