package org.mineral.data.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mineral.config.InputException;
import org.mineral.data.DataReport;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.data.read.Datasets;

class DatasetWriterTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void writtenFilesAreReadBack(DataFormat format) {
        Interactions train = Interactions.of(6, new int[] {0, 1, 2, 5}, new int[] {3}, new int[] {0, 4});
        Interactions valid = Interactions.of(6, new int[] {3}, new int[] {}, new int[] {1});
        Interactions test = Interactions.of(6, new int[] {4}, new int[] {0, 5}, new int[] {});
        Dataset data = Dataset.of("x", train, valid, test);
        Path target = directory.resolve("new").resolve("data");
        new DatasetWriter(format, false).write(data, target);
        assertThat(content(Datasets.read(target))).isEqualTo(content(data));
    }

    @Test
    void ratingsTimesAndAwkwardIdsSurvive() {
        List<String> awkward = List.of(
                "a,b",
                "say \"hi\"",
                "two\nlines",
                "crlf\r\nin",
                "tab\there",
                "😀",
                " padded ",
                "007",
                "\"",
                "#x",
                "a::b;c");
        IdMap ids = IdMap.of(awkward);
        int n = awkward.size();
        int[][] rows = new int[n][];
        for (int u = 0; u < n; u++) {
            rows[u] = new int[] {u, (u + 1) % n};
        }
        Interactions all = Interactions.of(n, rows);
        double[] ratings = new double[all.size()];
        long[] times = new long[all.size()];
        for (int k = 0; k < all.size(); k++) {
            ratings[k] = k % 3 == 0 ? 0.1 * k : k;
            times[k] = 1_365_029_107_000L + k;
        }
        Interactions none = Interactions.empty(n, n);
        Dataset data = new Dataset("x", ids, ids, all, none, none, new Events(all, ratings, times), DataReport.EMPTY)
                .split(Split.random(0.5, 0, 0.5, 1));
        Path target = directory.resolve("data");
        new DatasetWriter(DataFormat.CSV, false).write(data, target);
        assertThat(content(Datasets.read(target))).isEqualTo(content(data)).hasSize(2 * n);
    }

    @Test
    void usersWithoutItemsSurviveInLightGcnText() {
        Dataset data = Datasets.read(write(directory, "d.txt", "0 1\n5\n7 1\n"));
        new DatasetWriter(DataFormat.LIGHTGCN, false).write(data, directory.resolve("out"));
        Dataset again = Datasets.read(directory.resolve("out"));
        assertThat(again.users().ids()).containsExactly("0", "5", "7");
        assertThat(again.hash()).isEqualTo(data.hash());
    }

    @Test
    void anIdThatTheFormatCannotHoldIsRefusedAndNothingIsLeft() throws IOException {
        Dataset data = Datasets.read(write(directory, "d.csv", "user,item\n007,\"a\tb\"\n"));
        for (DataFormat format : new DataFormat[] {DataFormat.LIGHTGCN, DataFormat.INTER}) {
            assertThatThrownBy(() -> new DatasetWriter(format, false).write(data, directory.resolve("out")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("write csv instead");
        }
        assertThat(names(directory)).containsExactly("d.csv");
    }

    @Test
    void onlyADataSetIsReplacedAndOnlyOnRequest() throws IOException {
        Dataset first = Datasets.read(write(directory, "a.csv", "user,item\na,x\n"));
        Dataset second = Datasets.read(write(directory, "b.csv", "user,item\nb,y\n"));
        Path target = directory.resolve("out");
        new DatasetWriter(DataFormat.CSV, false).write(first, target);
        assertThatThrownBy(() -> new DatasetWriter(DataFormat.CSV, false).write(second, target))
                .isInstanceOf(InputException.class);
        assertThat(content(Datasets.read(target))).containsExactly("train/a/x");
        new DatasetWriter(DataFormat.INTER, true).write(second, target);
        assertThat(names(target)).containsExactly("train.inter");
        write(target, "thesis.doc", "dear");
        assertThatThrownBy(() -> new DatasetWriter(DataFormat.CSV, true).write(first, target))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("thesis.doc");
        assertThat(names(directory)).containsExactly("a.csv", "b.csv", "out");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }
}
