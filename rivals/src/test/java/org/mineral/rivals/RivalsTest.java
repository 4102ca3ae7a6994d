package org.mineral.rivals;

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

/** The run around the opponents: what one measured is kept whatever comes after. */
class RivalsTest {

    private static final String DATA = "builtin:tastes:users=100,items=80";

    @TempDir
    Path directory;

    private final Map<String, Supplier<Contest.Opponent>> opponents = new LinkedHashMap<>();

    @Test
    void anOpponentThatFailsCostsItsOwnRowsOnly() throws Exception {
        Path lines = directory.resolve("lines.jsonl");
        opponents.put("falls", () -> (contest, table) -> {
            table.accept(Pair.seconds("falls", "before", 2, 1, ""));
            throw new IllegalStateException("fell");
        });
        opponents.put("stands", () -> (contest, table) -> {
            // What came before is in the file while the run still goes on.
            assertThat(lines).content().contains("before");
            table.accept(Pair.seconds("stands", "after", 2, 1, ""));
        });
        Rivals rivals = rivals("--lines", lines.toString());
        assertThat(rivals.call()).isEqualTo(1);
        List<String> written = Files.readAllLines(lines);
        assertThat(written).hasSize(3);
        assertThat(written.get(0)).contains("processor");
        assertThat(written.get(2)).contains("stands");
    }

    @Test
    void allWellIsZero() throws Exception {
        opponents.put("one", () -> (contest, table) -> table.accept(Pair.seconds("one", "it", 2, 1, "")));
        opponents.put("other", () -> (contest, table) -> {
            throw new AssertionError("not asked for");
        });
        assertThat(rivals("--only", "one").call()).isZero();
    }

    @Test
    void saysWhatIsWrongWithTheRequest() throws Exception {
        opponents.put("spark", () -> (contest, table) -> {});
        Rivals unknown = rivals("--only", "sparks");
        assertThatThrownBy(unknown::call)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'spark'?");
        Rivals nowhere =
                rivals("--lines", directory.resolve("missing/lines.jsonl").toString());
        assertThatThrownBy(nowhere::call)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does its directory exist?");
        Path undivided = directory.resolve("all.csv");
        Files.writeString(undivided, "user,item\na,x\nb,y\n");
        Rivals judgeless = new Rivals(opponents);
        new CommandLine(judgeless).parseArgs(undivided.toString());
        assertThatThrownBy(judgeless::call)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no test part")
                .hasMessageContaining("data split");
    }

    private Rivals rivals(String... options) {
        Rivals rivals = new Rivals(opponents);
        new CommandLine(rivals)
                .parseArgs(Stream.concat(Stream.of(DATA), Stream.of(options)).toArray(String[]::new));
        return rivals;
    }
}
