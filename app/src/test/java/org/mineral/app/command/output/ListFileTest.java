package org.mineral.app.command.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.recommend.RankedItems;

class ListFileTest {

    private static final String[] PIECES = {
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "\"\"",
        "a",
        " ",
        "b",
        "\\",
        "\\t",
        "\u00e9",
        "\ud83d\ude00",
        ",",
        ";",
        "::",
        "#",
        "%",
        "\u2028",
        "\u0085"
    };

    @TempDir
    Path home;

    @Test
    void aFileThatCannotBeWrittenIsNamedAsGiven() {
        Path file = home.resolve("none").resolve("lists.csv");
        assertThatThrownBy(() -> new ListFile(file, "user", "item", false).close())
                .hasMessageContaining("cannot write " + file + ": no such directory");
    }

    /** What is written is what is read, whatever the ids and titles are; what .tsv cannot hold is refused. */
    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "parquet"})
    void listsComeBack(String format) throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        for (int round = 0; round < (format.equals("parquet") ? 5 : 300); round++) {
            Path file = home.resolve(round + "." + format);
            Set<String> written = new HashSet<>();
            boolean titled = round % 2 == 0;
            try (ListFile lists = new ListFile(file, "user", "item", titled)) {
                for (int n = random.nextInt(1, 30); n > 0; n--) {
                    String user = id(random);
                    String item = id(random);
                    try {
                        lists.add(user, List.of(new RankedItems.Entry(item, titled ? id(random) : null, n, n)));
                        written.add(user + "|" + item);
                    } catch (InputException e) {
                        assertThat(e).hasMessageContaining("tabs and line ends look like rows in .tsv");
                        assertThat(format).isEqualTo("tsv");
                        refused++;
                    }
                }
                lists.add("last", List.of(new RankedItems.Entry("one", null, 1, 1)));
                written.add("last|one");
                lists.finish();
            }
            Dataset read = Datasets.read(file);
            Set<String> pairs = new HashSet<>();
            for (int u = 0; u < read.train().users(); u++) {
                for (int item : read.train().row(u)) {
                    pairs.add(read.users().id(u) + "|" + read.items().id(item));
                }
            }
            assertThat(pairs).as(file.toString()).isEqualTo(written);
        }
        assertThat(refused).isLessThan(200);
    }

    private static String id(SplittableRandom random) {
        StringBuilder id = new StringBuilder();
        while (id.toString().isBlank()) {
            for (int n = random.nextInt(1, 5); n > 0; n--) {
                id.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return id.toString();
    }
}
