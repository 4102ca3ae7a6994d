package org.mineral.app.table;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.json.JsonText;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.write.DataFormat;
import org.mineral.data.write.DatasetWriter;

/** Ids that other programs take for dates, numbers and truths come back byte for byte, whatever they come through. */
class IdsComeBackTest {

    private static final List<String> IDS = List.of(
            "0",
            "007",
            "-0",
            "+5",
            "1e5",
            "12.0",
            "5d",
            "0x1p3",
            "1_000",
            "12345678901234567890123",
            "TRUE",
            "false",
            "NULL",
            "None",
            "nan",
            "\\N",
            "25-11-2025",
            "2025-11-25",
            "2025-11-25T12:30:00Z",
            "12:30:00",
            "B8ACD569-0000-4000-8000-00000000ABCD",
            "a,b;c::d\te",
            " padded ",
            "\"quoted\"",
            "say \"hi\"",
            "it's",
            "back\\slash",
            "line\nend",
            "re\rturn",
            "\ufeffmark",
            "#hash",
            "%percent",
            "=1+1",
            "[1]",
            "{\"a\":1}",
            "\ud83d\ude00",
            "e\u0301",
            "\u00e9",
            "\u0130stanbul",
            "x".repeat(300));

    @TempDir
    Path home;

    private static void same(Dataset data, String where) {
        List<String> users = new ArrayList<>(data.users().ids());
        List<String> items = new ArrayList<>(data.items().ids());
        assertThat(users).as(where).isEqualTo(IDS);
        assertThat(items).as(where).isEqualTo(IDS);
    }

    private void same(Path file) throws IOException {
        same(Datasets.read(file), file.getFileName().toString());
        for (String sql : List.of("select * from data", "select \"user\", item from " + DuckDb.quoted(file))) {
            SqlSource source = SqlSource.ofFiles(sql, List.of(file), Set.of());
            same(Datasets.read("--sql", source, ReadOptions.DEFAULTS), sql + " of " + file.getFileName());
        }
    }

    @Test
    void throughEveryFormat() throws IOException {
        StringWriter csv = new StringWriter();
        StringBuilder lines = new StringBuilder();
        List<String> objects = new ArrayList<>();
        try (CsvWriter writer = CsvWriter.builder().build(csv);
                ParquetTable table = new ParquetTable("\"user\" varchar, item varchar")) {
            writer.writeRecord("user", "item");
            for (String id : IDS) {
                writer.writeRecord(id, id);
                table.add(id, id);
                Map<String, Object> object = new LinkedHashMap<>(Map.of("user", id, "item", id));
                objects.add(JsonText.compact(object));
                lines.append(objects.get(objects.size() - 1)).append('\n');
            }
            table.write(home.resolve("ids.parquet"));
        }
        same(home.resolve("ids.parquet"));
        same(Files.writeString(home.resolve("ids.csv"), csv.toString()));
        same(Files.writeString(home.resolve("ids.jsonl"), lines));
        same(Files.writeString(home.resolve("ids.json"), "[" + String.join(",", objects) + "]"));
    }

    @Test
    void idsSurviveWritingAndReading() throws IOException {
        Path csv = home.resolve("written");
        try (ParquetTable table = new ParquetTable("\"user\" varchar, item varchar")) {
            for (String id : IDS) {
                table.add(id, id);
            }
            table.write(home.resolve("ids.parquet"));
        }
        new DatasetWriter(DataFormat.CSV, false).write(Datasets.read(home.resolve("ids.parquet")), csv);
        same(csv.resolve("train.csv"));
    }
}
