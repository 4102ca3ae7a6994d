package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.tune.compare.ComparisonResult.Entry;

@Tag("slow")
class ResumedComparisonTest {

    private static final String TASTES = "builtin:tastes:users=200,items=120";
    private static final Dataset DATA = Datasets.read(TASTES);

    @TempDir
    private Path directory;

    private final List<String> trained = new ArrayList<>();

    private final ComparisonListener listener = new ComparisonListener() {
        @Override
        public void loss(String name, int k, int n) {
            trained.add(name);
            assertThat(k).isBetween(1, n);
        }
    };

    private Path file() {
        return directory.resolve("trainings.jsonl");
    }

    private Comparison comparison(String... losses) {
        return Comparison.of(DATA)
                .source(TASTES)
                .losses(List.of(losses))
                .budget(Budget.epochs(3))
                .settings(Map.of("dimension", "8", "block_size", "64"))
                .seeds(List.of(7L, 8L))
                .information(true)
                .threads(2)
                .trainings(file())
                .listener(listener);
    }

    /** Half a line, as a kill leaves it, does not count. */
    @Test
    void goesOnAfterAKillAndEndsTheSameToTheBit() throws IOException {
        ComparisonResult whole = comparison("mine+", "mse").run();
        assertThat(trained).containsExactly("mine+ 7", "mine+ 8", "mse 7", "mse 8");
        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(5);
        Files.writeString(
                file(),
                String.join("\n", lines.subList(0, 4)) + "\n" + lines.get(4).substring(0, 100));
        trained.clear();
        ComparisonResult resumed = comparison("mine+", "mse").threads(1).run();
        assertThat(trained).containsExactly("mse 8");
        same(resumed, whole);
        trained.clear();
        same(comparison("mine+", "mse").run(), whole);
        assertThat(trained).isEmpty();
    }

    @Test
    void furtherLossesAndSeedsJoin() {
        comparison("mine+").seeds(List.of(7L)).run();
        trained.clear();
        ComparisonResult more = comparison("mine+", "dcl").run();
        assertThat(trained).containsExactly("mine+ 8", "dcl 7", "dcl 8");
        same(more, comparison("mine+", "dcl").trainings(null).run());
    }

    @Test
    void aBudgetOfTimeIsWorthToOtherSeedsWhatItWasToTheFirst() {
        Comparison timed = comparison("mine+").budget(Budget.parse("1s"));
        int epochs = timed.seeds(List.of(7L)).run().best().curve().size();
        ComparisonResult both = timed.seeds(List.of(7L, 8L)).run();
        assertThat(both.best().settings()).containsEntry("epochs", String.valueOf(epochs));
        assertThat(both.best().seeds()).hasSize(2);
    }

    @Test
    void whatFailedIsTriedAgain() {
        Map<String, String> wild =
                Map.of("learning_rate", "1000", "optimizer", "sgd", "schedule", "constant", "similarity", "dot");
        Comparison comparison = comparison("mse").settings(wild);
        assertThat(comparison.run().entries().get(0).failed()).isTrue();
        trained.clear();
        assertThat(comparison.run().entries().get(0).failed()).isTrue();
        assertThat(trained).containsExactly("mse 7");
    }

    @Test
    void trainingsOfAnotherComparisonAreRefusedAndLeftAlone() throws IOException {
        comparison("mine+").run();
        String before = Files.readString(file());
        List<Comparison> others = List.of(
                comparison("mine+").budget(Budget.epochs(4)),
                comparison("mine+").settings(Map.of("dimension", "9")),
                comparison("mine+").seed(8),
                comparison("mine+").selection(SelectionProtocol.DEFAULTS.paper()));
        for (Comparison other : others) {
            assertThatThrownBy(other::run).isInstanceOf(InputException.class).hasMessageContaining("something else");
        }
        assertThat(file()).hasContent(before);
    }

    private static void same(ComparisonResult actual, ComparisonResult expected) {
        assertThat(actual.pairs()).isEqualTo(expected.pairs());
        assertThat(actual.entries()).hasSameSizeAs(expected.entries());
        for (int k = 0; k < expected.entries().size(); k++) {
            Entry one = actual.entries().get(k);
            Entry other = expected.entries().get(k);
            assertThat(one.name()).isEqualTo(other.name());
            assertThat(one.metrics()).isEqualTo(other.metrics());
            assertThat(one.intervals()).isEqualTo(other.intervals());
            assertThat(one.strata()).isEqualTo(other.strata());
            assertThat(one.settings()).isEqualTo(other.settings());
            assertThat(one.commands()).isEqualTo(other.commands());
            assertThat(one.information()).isEqualTo(other.information());
            assertThat(one.againstBest()).isEqualTo(other.againstBest());
            assertThat(one.bestEpoch()).isEqualTo(other.bestEpoch());
        }
    }
}
