package org.mineral.data.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.DataReport;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;

/** Whatever ids and ratings a data set has: written and read again they are the same, and written once more, the same bytes. */
class RoundTripTest {

    private static final ReadOptions ORDERED = ReadOptions.DEFAULTS.with("keep_order", true);

    private static final String[] PIECES = {
        "a",
        "b",
        "\"",
        "\"\"",
        ",",
        ";",
        "\t",
        "::",
        "\r",
        "\n",
        "\r\n",
        " ",
        "\u2003",
        "\u00e9",
        "\u65e5\u672c",
        "\ud83d\ude00",
        "\uFEFF",
        "#",
        "%",
        "# ",
        "'",
        "\\",
        "\\N",
        "|",
        "=",
        "\u0001",
        "\u0085",
        "\u2028",
        "0",
        "007",
        "1e5",
        "12.0",
        "-1",
        "0x1p3",
        "NULL",
        "nan",
        "user",
        "item",
        "user_id",
        "item_id",
        "uid",
        "sep=;",
        "{",
        "[",
        "user_id:token",
        "\u001b[31m"
    };

    @TempDir
    Path directory;

    private static String id(SplittableRandom random, boolean numbers) {
        if (numbers) {
            return Integer.toString(random.nextInt(3) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(20));
        }
        StringBuilder id = new StringBuilder();
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            id.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return id.toString();
    }

    private static boolean fits(String id, DataFormat format) {
        return !id.isBlank() && (format != DataFormat.INTER || id.chars().noneMatch(c -> "\t\r\n\"".indexOf(c) >= 0));
    }

    private static double rating(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(1, 6);
            case 1 -> random.nextLong(1L << 53);
            case 2 -> random.nextDouble();
            default -> -random.nextInt(100) / 4.0;
        };
    }

    private static Dataset random(SplittableRandom random, DataFormat format) throws IOException {
        boolean numbers = format == DataFormat.LIGHTGCN;
        return Datasets.read(
                "random",
                rows -> {
                    rows.columns(numbers ? List.of("user", "item") : List.of("user", "item", "rating"));
                    rows.add(1, "1", "2", 1.0, null, null);
                    for (int n = random.nextInt(100); n > 0; n--) {
                        String user = id(random, numbers);
                        String item = id(random, numbers);
                        double rating = rating(random);
                        if (fits(user, format) && fits(item, format)) {
                            rows.add(1, user, item, rating, null, null);
                        }
                    }
                },
                ORDERED);
    }

    private byte[] written(Dataset data, DataFormat format, String name) throws IOException {
        Path target = directory.resolve(name);
        new DatasetWriter(format, true).write(data, target);
        return Files.readAllBytes(target.resolve("train." + format.extension()));
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void writtenFilesAreReadBack(DataFormat format) throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 20; round++) {
            Dataset data = random(random, format);
            byte[] bytes = written(data, format, "a");
            Dataset again = Datasets.read(directory.resolve("a"), ORDERED);
            assertThat(content(again)).as("round " + round).isEqualTo(content(data));
            assertThat(written(again, format, "b")).as("round " + round).isEqualTo(bytes);
        }
    }

    @Test
    void aPairThatIsCalledLikeTheHeaderIsNotLost() throws IOException {
        Dataset data = Datasets.read(write(directory, "d", "uid,iid\nuser,item\nitem,user\nuser_id,item_id\na,b\n"));
        assertThat(content(data)).hasSize(4);
        written(data, DataFormat.CSV, "a");
        assertThat(content(Datasets.read(directory.resolve("a")))).isEqualTo(content(data));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\0", "\ud83d", "\ude00\ud83d"})
    void idsThatNoTextCanHoldAreRefusedInMemoryAsInFiles(String id) {
        IdMap bad = IdMap.of(List.of("x", id));
        IdMap one = IdMap.of(List.of("p"));
        Interactions pairs = Interactions.of(1, new int[] {0}, new int[] {0});
        Interactions none = Interactions.empty(2, 1);
        assertThatThrownBy(() -> Dataset.of("d", bad, one, pairs, none, none))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the user of index 1; allowed: text that is not blank");
        Dataset data = new Dataset("d", bad, one, pairs, none, none, null, DataReport.EMPTY);
        assertThatThrownBy(() -> new DatasetWriter(DataFormat.CSV, true).write(data, directory.resolve("x")))
                .isInstanceOf(InputException.class);
    }
}
