package org.mineral.data.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.PairList;
import org.mineral.data.rows.Columns;
import org.mineral.data.rows.DatasetBuilder;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.rows.RowFilter;
import org.mineral.data.rows.RowNotes;
import org.mineral.data.text.TextBlocks;

/**
 * Reads plain delimited files in parallel ({@link CsvBlock}). Ids get their indices in the order of first appearance, block after block, so
 * that the result is identical to that of {@link DelimitedReader}.
 */
final class FastCsvReader {

    private final Path file;
    private final String part;
    private final FormatDetector sniffed;
    private final ReadOptions options;
    private final DatasetBuilder builder;
    private int skip;
    private int linesAbove;
    private List<String> firstRow = List.of();

    FastCsvReader(Path file, String part, FormatDetector sniffed, ReadOptions options, DatasetBuilder builder) {
        this.file = file;
        this.part = part;
        this.sniffed = sniffed;
        this.options = options;
        this.builder = builder;
    }

    /** The pairs; null if the file needs the general reader. Ids seen before that keep their indices; nothing else has changed. */
    @Nullable
    PairList read(TextBlocks blocks) throws IOException {
        TextBlocks.Block first = blocks.next();
        Columns columns = first == null || !isPlain(sniffed.separator()) ? null : columns(first);
        if (columns == null) {
            return null;
        }
        CsvLayout layout = new CsvLayout(
                (byte) sniffed.separator().charAt(0),
                columns,
                name(columns, columns.user()),
                name(columns, columns.item()),
                sniffed.preamble().comments() > 0,
                linesAbove);
        PairList pairs = new PairList(columns.rating() >= 0 || options.rates(), columns.timestamp() >= 0);
        RowFilter filter = new RowFilter(options);
        filter.check(file, columns);
        RowNotes notes = new RowNotes();
        long[] lines = {sniffed.preamble().lines()};
        boolean plain =
                blocks.run(first, block -> new CsvBlock(block, block == first ? skip : 0, layout, options), block -> {
                    if (block.plain) {
                        take(block, pairs);
                        filter.add(block.filter);
                        notes.add(block.notes, lines[0]);
                        lines[0] += block.lines;
                    }
                    return block.plain;
                });
        if (!plain) {
            return null;
        }
        builder.source(file, columns.describe(firstRow));
        filter.note(part, builder);
        notes.note(file, part, builder);
        return pairs;
    }

    private static boolean isPlain(String separator) {
        return separator.length() == 1 && separator.charAt(0) < 0x80;
    }

    private byte[] name(Columns columns, int column) {
        return (columns.header() ? firstRow.get(column) : "").getBytes(StandardCharsets.UTF_8);
    }

    private void take(CsvBlock block, PairList pairs) {
        int[] users = builder.users.of(block.users);
        int[] items = builder.items.of(block.items);
        PairList.Block from = block.pairs;
        for (int k = 0; k < from.size; k++) {
            from.users[k] = users[from.users[k]];
            from.items[k] = items[from.items[k]];
        }
        pairs.add(from);
    }

    /** The layout from the first two rows; null if they need the general reader. */
    private @Nullable Columns columns(TextBlocks.Block block) {
        List<List<String>> rows = new ArrayList<>();
        int from = 0;
        int behindFirst = 0;
        int lines = 0;
        while (rows.size() < 2 && from < block.length()) {
            int end = from;
            while (end < block.length() && block.bytes()[end] != '\n') {
                end++;
            }
            String line = new String(block.bytes(), from, end - from, StandardCharsets.UTF_8);
            line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            from = end + 1;
            lines++;
            if (line.indexOf('"') >= 0 || line.indexOf('\r') >= 0) {
                return null;
            }
            if (!line.isBlank() || line.contains(sniffed.separator())) {
                rows.add(List.of(line.split(Pattern.quote(sniffed.separator()), -1)));
                if (rows.size() == 1) {
                    behindFirst = from;
                    linesAbove = lines;
                }
            }
        }
        if (rows.isEmpty()) {
            return null;
        }
        try {
            firstRow = rows.get(0);
            Columns columns = Columns.of(file, 1, firstRow, rows.size() < 2 ? null : rows.get(1), options);
            if (columns.event() >= 0) {
                return null;
            }
            skip = columns.header() ? Math.min(behindFirst, block.length()) : 0;
            return columns;
        } catch (InputException e) {
            return null;
        }
    }
}
