package org.mineral.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Sample(
            @Setting(value = "4", min = 1, max = 10, doc = "how many")
            int batchSize,

            @Setting(value = "0.5", min = 0, max = 2, doc = "how fast")
            double learningRate,

            @Setting(value = "auto", min = 0.001, max = 9, doc = "how warm")
            double temperature,

            @Setting(value = "42", doc = "seed") long seed,
            @Setting(value = "red", doc = "how it looks") Colour colour,
            @Setting(value = "false", doc = "whether") boolean verbose,
            @Setting(value = "all", doc = "which") String candidates,
            @Setting(value = "0", doc = "any number") double free) {
        Sample {
            Config.check(Sample.class, batchSize, learningRate, temperature, seed, colour, verbose, candidates, free);
        }
    }

    record Undeclared(int size) {}

    @Test
    void notANumberIsCalledSo() {
        for (String name : List.of("learning_rate", "temperature")) {
            assertThatThrownBy(() -> Config.read(Sample.class, Map.of(name, "NaN")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(name + " = 'NaN' is not a number");
        }
        assertThatThrownBy(() -> new Sample(4, Double.NaN, 1, 1, Colour.RED, false, "all", 0))
                .hasMessageContaining("learning_rate = NaN is out of range");
    }

    @Test
    void everythingIsAtItsDefaultUnlessGiven() {
        assertThat(Config.defaults(Sample.class))
                .isEqualTo(new Sample(4, 0.5, Double.NaN, 42, Colour.RED, false, "all", 0));
        Sample read = Config.read(
                Sample.class,
                Map.of("batch_size", "7", "learning_rate", "1e-2", "temperature", ".15", "colour", "dark-blue"));
        assertThat(read).isEqualTo(new Sample(7, 0.01, 0.15, 42, Colour.DARK_BLUE, false, "all", 0));
        assertThat(Config.read(Sample.class, Map.of("verbose", "true", "seed", "-9223372036854775808", "free", "-3")))
                .isEqualTo(new Sample(4, 0.5, Double.NaN, Long.MIN_VALUE, Colour.RED, true, "all", -3));
    }

    @Test
    void aMapOfSettingsReadsBackAsTheSameRecord() {
        Sample sample = new Sample(10, 1 / 3.0, 1e-3, Long.MAX_VALUE, Colour.DARK_BLUE, true, "uniform:20", 1e300);
        Map<String, String> map = Config.toMap(sample);
        assertThat(map.keySet()).containsExactlyElementsOf(Config.names(Sample.class));
        assertThat(Config.read(Sample.class, map)).isEqualTo(sample);
        Sample defaults = Config.defaults(Sample.class);
        assertThat(Config.toMap(defaults)).containsEntry("temperature", "auto").containsEntry("free", "0");
        assertThat(Config.read(Sample.class, Config.toMap(defaults))).isEqualTo(defaults);
    }

    @Test
    void oneSettingIsChangedByItsPublicNameAndTheOthersStay() {
        Sample sample = Config.with(Config.defaults(Sample.class), "learning_rate", 0.25);
        sample = Config.with(sample, "colour", Colour.DARK_BLUE);
        sample = Config.with(sample, "batch_size", "9");
        assertThat(sample).isEqualTo(new Sample(9, 0.25, Double.NaN, 42, Colour.DARK_BLUE, false, "all", 0));
        assertThat(Config.with(Config.with(sample, "temperature", 2), "temperature", "auto"))
                .isEqualTo(sample);
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearestRightOne() {
        assertThatThrownBy(() -> Config.read(Sample.class, Map.of("learning_rat", "1")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown setting 'learning_rat'")
                .hasMessageContaining("Did you mean 'learning_rate'?")
                .hasMessageContaining("batch_size");
        assertThatThrownBy(() -> Config.with(Config.defaults(Sample.class), "batchSize", 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'batch_size'?");
        assertThatThrownBy(() -> Config.read(Sample.class, Map.of("colour", "darkblue")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'dark-blue'?");
    }

    @ParameterizedTest
    @CsvSource({
        "batch_size, 0", "batch_size, 11", "learning_rate, -0.1", "learning_rate, 2.01", "temperature, 0",
        "learning_rate, NaN", "learning_rate, Infinity", "temperature, -Infinity", "free, NaN", "free, Infinity",
        "learning_rate, auto"
    })
    void aNumberOutOfRangeIsRefusedWithTheRange(String name, String value) {
        assertThatThrownBy(() -> Config.read(Sample.class, Map.of(name, value)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("null");
    }

    @Test
    void theRefusalNamesValueRangeAndMeaning() {
        assertThatThrownBy(() -> Config.read(Sample.class, Map.of("batch_size", "11")))
                .hasMessage("batch_size = 11 is out of range; allowed: 1 to 10. (how many)");
        assertThatThrownBy(() -> new Sample(4, Double.NaN, 1, 1, Colour.RED, false, "all", 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("learning_rate");
    }

    @ParameterizedTest
    @CsvSource({
        "batch_size, 3.5, whole number",
        "batch_size, many, whole number",
        "batch_size, 99999999999, whole number",
        "seed, 1e3, whole number",
        "learning_rate, '0,5', a number",
        "learning_rate, '', a number",
        "verbose, yes, true",
        "verbose, TRUE, true",
        "colour, green, dark-blue"
    })
    void valuesOfTheWrongTypeAreRefused(String name, String value, String allowed) {
        assertThatThrownBy(() -> Config.read(Sample.class, Map.of(name, value)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("'" + value + "'")
                .hasMessageContaining(allowed);
    }

    @Test
    void descriptionsHaveAllThatDocumentationNeeds() {
        List<Config.Description> all = Config.describe(Sample.class);
        assertThat(all.get(0))
                .isEqualTo(new Config.Description(
                        "batch_size", "how many", "4", true, 1, 10, List.of(), "", false, Setting.Level.EVERYDAY));
        assertThat(all.get(4).choices()).containsExactly("red", "dark-blue");
        assertThat(all.get(5).choices()).containsExactly("true", "false");
        assertThat(all).extracting(Config.Description::name).containsExactlyElementsOf(Config.names(Sample.class));
    }

    @Test
    void aRecordWithoutSettingsIsAProgrammersError() {
        assertThatThrownBy(() -> Config.defaults(Undeclared.class)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loss", "setting"})
    void aWordFarFromEveryNameGetsTheListWithoutASuggestion(String what) {
        assertThat(InputException.unknown(what, "qqqqqqqq", List.of("mine+", "bpr")))
                .hasMessage("unknown " + what + " 'qqqqqqqq'. Allowed: mine+, bpr.");
    }

    /** Two settings that belong together. */
    record Inner(
            @Setting(value = "1", min = 0, max = 5, doc = "how deep")
            int depth,

            @Setting(value = "false", doc = "whether it is odd", level = Setting.Level.EXPERT)
            boolean odd) {
        Inner {
            Config.check(Inner.class, depth, odd);
        }
    }

    record Grouped(
            Inner inner,
            @Setting(value = "x", doc = "what it is called") String label) {}

    @Test
    void settingsOfAGroupAreNamedLikeTheOthers() {
        Grouped changed = Config.read(Grouped.class, Map.of("depth", "3", "label", "y"));
        assertThat(changed).isEqualTo(new Grouped(new Inner(3, false), "y"));
        assertThat(Config.toMap(changed))
                .containsExactly(Map.entry("depth", "3"), Map.entry("odd", "false"), Map.entry("label", "y"));
        assertThat(Config.with(changed, "odd", true).inner().odd()).isTrue();
        assertThat(Config.describe(Grouped.class))
                .extracting(Config.Description::name)
                .containsExactly("depth", "odd", "label");
        assertThatThrownBy(() -> Config.with(changed, "depth", 9)).hasMessageContaining("depth = 9 is out of range");
    }

    @Test
    void settingsForExperimentsAreUnderstoodButNotListed() {
        assertThat(Config.everyday(Grouped.class)).containsExactly("depth", "label");
        assertThatThrownBy(() -> Config.read(Grouped.class, Map.of("depht", "1")))
                .hasMessageContaining("depth")
                .hasMessageContaining("label")
                .hasMessageNotContaining("odd");
    }
}
