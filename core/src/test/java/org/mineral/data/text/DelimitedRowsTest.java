package org.mineral.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows between tabs: quotes are characters like others, and yet what programs write in quotes comes back. */
class DelimitedRowsTest {

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
        "#",
        "\u2028",
        "\u0085"
    };

    private static List<List<String>> read(String text, String separator) {
        try (DelimitedRows rows = new DelimitedRows(Path.of("x"), new StringReader(text), separator, 1)) {
            List<List<String>> read = new ArrayList<>();
            for (DelimitedRows.Row row = rows.next(); row != null; row = rows.next()) {
                read.add(row.fields());
            }
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "h1~h2$\"Weird Al\" Yankovic~x$|[[h1, h2], [\"Weird Al\" Yankovic, x]]",
                "h1~h2$\"a\"~\"say \"\"hi\"\"\"$|[[h1, h2], [a, say \"hi\"]]",
                "h1~h2$\"open~x$y~12\"$|[[h1, h2], [\"open, x], [y, 12\"]]",
                "h1~h2$x~\"open$12\"~y$|[[h1, h2], [x, \"open], [12\", y]]",
                "h1~h2$\"a~b\"~x$|[[h1, h2], [a~b, x]]",
                "h1~h2$\"a$b\"~x$c~d$|[[h1, h2], [a$b, x], [c, d]]",
                "h1~h2$x~\"a$b\"$c~d|[[h1, h2], [x, a$b], [c, d]]",
                "h1~h2$x~\"a$$b\"$|[[h1, h2], [x, a$$b]]",
                "h1~h2$\"a$b~c$|[[h1, h2], [\"a], [b, c]]",
                "h1~h2$\"a~b~c$d~e$|[[h1, h2], [\"a, b, c], [d, e]]",
                "h1~h2$\"a~b\"z~c$|[[h1, h2], [\"a, b\"z, c]]"
            })
    void quotesHoldSeparatorsAndLineEndsWhereLinesAloneAreNoRows(String text, String rows) {
        String written = text.replace('~', '\t').replace('$', '\n');
        assertThat(read(written, "\t").toString().replace('\t', '~').replace('\n', '$'))
                .isEqualTo(rows);
    }

    @Test
    void linesAreCountedThroughQuotes() throws IOException {
        String text = "h1\th2\n\"a\r\nb\rc\"\tx\ny\tz\n\"u\n";
        try (DelimitedRows rows = new DelimitedRows(Path.of("x"), new StringReader(text), "\t", 1)) {
            List<Long> lines = new ArrayList<>();
            for (DelimitedRows.Row row = rows.next(); row != null; row = rows.next()) {
                lines.add(row.line());
            }
            assertThat(lines).containsExactly(1L, 2L, 5L, 6L);
        }
    }

    /** As pandas, DuckDB or FastCSV write them; but for texts that look like rows themselves, see {@code ListFile}. */
    @ParameterizedTest
    @ValueSource(strings = {"LF", "CRLF"})
    void quotedTextIsReadBack(String end) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 3000; round++) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("user", "item", "rank"));
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                List<String> row = List.of(text(random), text(random), Integer.toString(n));
                if (!looksLikeRows(row)) {
                    rows.add(row);
                }
            }
            StringWriter text = new StringWriter();
            try (CsvWriter csv = CsvWriter.builder()
                    .fieldSeparator('\t')
                    .lineDelimiter(LineDelimiter.valueOf(end))
                    .build(text)) {
                rows.forEach(csv::writeRecord);
            }
            assertThat(read(text.toString(), "\t")).as(text.toString()).isEqualTo(rows);
        }
    }

    private static boolean looksLikeRows(List<String> row) {
        String[] lines = String.join("\t", row).split("\r\n|\n|\r", -1);
        return lines.length > 1
                && java.util.Arrays.stream(lines).allMatch(line -> line.split("\t", -1).length == row.size());
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder("x".repeat(random.nextInt(2)));
        for (int n = random.nextInt(1, 5); n > 0; n--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
