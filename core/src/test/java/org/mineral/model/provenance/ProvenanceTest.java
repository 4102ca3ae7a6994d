package org.mineral.model.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mineral.data.HoldOut;

class ProvenanceTest {

    /** Every fact that Mineral writes, as JSON reads it, and one of somebody else. */
    private static final Map<String, Object> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("data", "ml"),
            Map.entry("data_hash", "ab12"),
            Map.entry("source", "ml.csv"),
            Map.entry("time_format", "day-first"),
            Map.entry("skip_bad", true),
            Map.entry("item_features", "items.csv"),
            Map.entry("algorithm", "lightgcn"),
            Map.entry("seed", 7),
            Map.entry("teacher", Map.of("loss", "mine+")),
            Map.entry("preset", "auto"),
            Map.entry(
                    "search",
                    Map.of(
                            "held_out",
                            "last:0.1",
                            "repeats",
                            2,
                            "users",
                            90,
                            "tried",
                            9,
                            "rule",
                            0.1,
                            "chosen",
                            0.2,
                            "algorithms",
                            List.of("mf", "ease"))),
            Map.entry("protocol", "test"),
            Map.entry("validation", 0.1),
            Map.entry("with_valid", true),
            Map.entry("chosen_on", "last:0.1"),
            Map.entry("ensemble", 2),
            Map.entry("seeds", List.of("1", "2")),
            Map.entry(
                    "update",
                    Map.of(
                            "from",
                            "cd34",
                            "data",
                            "news",
                            "interactions",
                            5,
                            "epochs",
                            2,
                            "learning_rate",
                            0.01,
                            "fold_steps",
                            30)),
            Map.entry("mineral", "0.1"),
            Map.entry("jdk", "17"),
            Map.entry("kernel", "scalar"),
            Map.entry("somebody's", List.of(1, 2))));

    @Test
    void everyFactOfAFileIsReadIntoItsPart() {
        Provenance all = Provenance.of(ALL);
        assertThat(all.data())
                .isEqualTo(new DataProvenance(
                        "ml", "ab12", "ml.csv", "day-first", true, Map.of("item_features", "items.csv")));
        assertThat(all.trainer()).isEqualTo(new TrainerProvenance("lightgcn", 7L, Map.of("loss", "mine+")));
        assertThat(all.selection())
                .isEqualTo(new SelectionProvenance(
                        "auto",
                        new SearchProvenance("last:0.1", 2, 90, 9, 0.1, 0.2, List.of("mf", "ease")),
                        "test",
                        new HoldOut(0.1, HoldOut.Order.RANDOM),
                        true,
                        "last:0.1"));
        assertThat(all.ensemble()).isEqualTo(new EnsembleProvenance(2, List.of("1", "2")));
        assertThat(all.update()).isEqualTo(new UpdateProvenance("cd34", "news", 5, 2, 0.01, 30));
        assertThat(all.software()).isEqualTo(new SoftwareProvenance("0.1", "17", "scalar"));
        assertThat(all.extra()).isEqualTo(Map.of("somebody's", List.of(1, 2)));
    }

    @Test
    void factsComeBackUnderTheirNamesInAlphabeticalOrder() {
        Map<String, Object> expected = new TreeMap<>(ALL);
        expected.put("seed", 7L);
        Provenance all = Provenance.of(ALL);
        assertThat(all.facts()).isEqualTo(expected);
        assertThat(all.facts().keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(Provenance.of(all.facts())).isEqualTo(all);
        assertThatThrownBy(() -> all.facts().put("data", "other")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aValidationPartOfTheLastIsAText() {
        HoldOut last = HoldOut.parse("last:0.2");
        Provenance of = Provenance.NONE.with(SelectionProvenance.NONE.withValidation(last));
        assertThat(of.facts()).isEqualTo(Map.of("validation", "last:0.2"));
        assertThat(Provenance.of(of.facts()).selection().validation()).isEqualTo(last);
    }

    @Test
    void withReplacesAndOrElseDoesNot() {
        Provenance first = Provenance.NONE.with(DataProvenance.NONE.withHash("a"));
        assertThat(first.with(DataProvenance.NONE.withHash("b")).data().hash()).isEqualTo("b");
        DataProvenance more = DataProvenance.NONE.withHash("b").withName("d");
        assertThat(first.orElse(more).data()).isEqualTo(more.withHash("a"));
        assertThat(first.with(Provenance.NONE)).isEqualTo(first);
    }

    @Test
    void aFactOfAnotherTypeIsKeptAsItIs() {
        Map<String, Object> damaged = Map.of(
                "data_hash",
                3,
                "with_valid",
                "yes",
                "seed",
                0.5,
                "validation",
                "half",
                "teacher",
                Map.of("loss", 1),
                "update",
                Map.of("from", "ab"),
                "search",
                Map.of("held_out", "a", "repeats", 1, "users", 1, "tried", 1, "unknown", 1));
        Provenance of = Provenance.of(damaged);
        assertThat(of.extra()).isEqualTo(damaged);
        assertThat(of.facts()).isEqualTo(damaged);
        assertThat(of.data()).isEqualTo(DataProvenance.NONE);
        assertThat(of.selection()).isEqualTo(SelectionProvenance.NONE);
        assertThat(of.update()).isNull();
        assertThat(of.with(DataProvenance.NONE.withHash("b")).facts()).containsEntry("data_hash", "b");
    }

    @Test
    void callersAddFactsOfTheirOwnButNotInMineralsNames() {
        Provenance of = Provenance.NONE.withExtra("team", "search");
        assertThat(of.extra()).isEqualTo(Map.of("team", "search"));
        assertThatThrownBy(() -> of.withExtra("seed", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seed");
    }
}
