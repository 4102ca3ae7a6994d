package org.mineral.data.read;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.data.PairList;
import org.mineral.data.rows.Columns;
import org.mineral.data.rows.DatasetBuilder;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.rows.RowNotes;
import org.mineral.data.rows.RowSink;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.DelimitedRows;

/**
 * Reads interactions from delimited text: CSV and similar formats, and RecBole's {@code .inter}. Every row is an interaction, regardless of
 * its rating, unless {@link ReadOptions} say otherwise. Ids are kept unchanged, with leading zeros and spaces; blank ids are refused.
 */
final class DelimitedReader {

    private final Path file;
    private final FormatDetector sniffed;
    private final ReadOptions options;
    private final RowSink rows;

    DelimitedReader(Path file, String part, FormatDetector sniffed, ReadOptions options, DatasetBuilder builder) {
        this.file = file;
        this.sniffed = sniffed;
        this.options = options;
        this.rows = new RowSink(file, part, options, builder);
    }

    PairList read(Reader reader) throws IOException {
        long firstLine = sniffed.preamble().lines() + 1;
        try (DelimitedRows text = new DelimitedRows(file, reader, sniffed.separator(), firstLine)) {
            DelimitedRows.Row first = text.next();
            if (first == null) {
                return new PairList(false, false);
            }
            DelimitedRows.Row second = text.next();
            Columns columns =
                    Columns.of(file, first.line(), first.fields(), second == null ? null : second.fields(), options);
            rows.start(columns, first.fields());
            OtherLines others =
                    new OtherLines(columns, first.fields(), sniffed.preamble().comments() > 0);
            if (!columns.header()) {
                add(first, columns, others);
            }
            for (DelimitedRows.Row row = second; row != null; row = text.next()) {
                add(row, columns, others);
            }
            return rows.end();
        }
    }

    private void add(DelimitedRows.Row row, Columns columns, OtherLines others) {
        List<String> fields = row.fields();
        if (others.isComment(fields)) {
            rows.notes().add(RowNotes.Kind.COMMENT, row.line(), String.join(sniffed.separator(), fields));
            return;
        }
        if (fields.size() != columns.width()) {
            rows.bad(DataErrors.at(
                    file,
                    row.line(),
                    DataErrors.fields(fields.size()),
                    columns.width() + ", as in the first line",
                    "complete or remove the line; quote ids that contain the separator with \""));
            return;
        }
        if (others.isHeader(fields)) {
            rows.notes().add(RowNotes.Kind.HEADER, row.line(), String.join(sniffed.separator(), fields));
            return;
        }
        if (others.isOtherHeader(fields)) {
            throw DataErrors.at(
                    file,
                    row.line(),
                    "a second header, " + DataErrors.quote(String.join(sniffed.separator(), fields))
                            + ", with its columns in another order",
                    "one order of the columns in a file",
                    "divide it there into two files");
        }
        rows.add(
                row.line(),
                fields.get(columns.user()),
                fields.get(columns.item()),
                field(fields, columns.rating()),
                field(fields, columns.timestamp()),
                field(fields, columns.event()));
    }

    private static @Nullable String field(List<String> fields, int column) {
        return column < 0 ? null : fields.get(column);
    }
}
