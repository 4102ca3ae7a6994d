package org.mineral.comparisons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import picocli.CommandLine;

/** The run around the baselines: what one measured is kept whatever comes after. */
class ComparisonsTest {

    private static final String DATA = "builtin:tastes:users=100,items=80";

    @TempDir
    Path directory;

    private final Map<String, Supplier<Baseline>> baselines = new LinkedHashMap<>();

    @Test
    void aBaselineThatFailsCostsItsOwnRowsOnly() throws Exception {
        Path lines = directory.resolve("lines.jsonl");
        baselines.put("falls", () -> (conditions, table) -> {
            table.accept(Measurement.seconds("falls", "before", 2, 1, ""));
            throw new IllegalStateException("fell");
        });
        baselines.put("stands", () -> (conditions, table) -> {
            // What came before is in the file while the run still goes on.
            assertThat(lines).content().contains("before");
            table.accept(Measurement.seconds("stands", "after", 2, 1, ""));
        });
        Comparisons comparisons = comparisons("--lines", lines.toString());
        assertThat(comparisons.call()).isEqualTo(1);
        List<String> written = Files.readAllLines(lines);
        assertThat(written).hasSize(3);
        assertThat(written.get(0)).contains("processor");
        assertThat(written.get(2)).contains("stands");
    }

    @Test
    void allWellIsZero() throws Exception {
        baselines.put("one", () -> (conditions, table) -> table.accept(Measurement.seconds("one", "it", 2, 1, "")));
        baselines.put("other", () -> (conditions, table) -> {
            throw new AssertionError("not asked for");
        });
        assertThat(comparisons("--only", "one").call()).isZero();
    }

    @Test
    void saysWhatIsWrongWithTheRequest() throws Exception {
        baselines.put("spark", () -> (conditions, table) -> {});
        Comparisons unknown = comparisons("--only", "sparks");
        assertThatThrownBy(unknown::call)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'spark'?");
        Comparisons nowhere =
                comparisons("--lines", directory.resolve("missing/lines.jsonl").toString());
        assertThatThrownBy(nowhere::call)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does its directory exist?");
        Path undivided = directory.resolve("all.csv");
        Files.writeString(undivided, "user,item\na,x\nb,y\n");
        Comparisons judgeless = new Comparisons(baselines);
        new CommandLine(judgeless).parseArgs(undivided.toString());
        assertThatThrownBy(judgeless::call)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no test part")
                .hasMessageContaining("data split");
    }

    private Comparisons comparisons(String... options) {
        Comparisons comparisons = new Comparisons(baselines);
        new CommandLine(comparisons)
                .parseArgs(Stream.concat(Stream.of(DATA), Stream.of(options)).toArray(String[]::new));
        return comparisons;
    }
}
