package org.mineral.data.read;

import java.io.IOException;
import java.nio.file.Path;
import org.mineral.config.InputException;
import org.mineral.data.PairList;
import org.mineral.data.rows.DatasetBuilder;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.rows.SkippedRows;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.TextBlocks;
import org.mineral.data.text.Utf8Reader;

/**
 * LightGCN text, {@code user item item ...} a line: non-negative integers below 2^31 without leading zeros, separated by
 * spaces. A line with one number is a user without items. A user may have several lines. Parsed from bytes on all processors,
 * since the standard data sets are read in this format before every run.
 */
final class LightGcnReader {

    private final Path file;
    private final LightGcnLines lines;
    private final SkippedRows skipped;
    private long before;

    /** @param before number of lines above the text */
    LightGcnReader(Path file, String part, long before, ReadOptions options, DatasetBuilder builder) {
        this.file = file;
        this.before = before;
        this.lines = new LightGcnLines(part, builder);
        this.skipped = new SkippedRows(part, options, builder);
    }

    PairList read(TextBlocks blocks) throws IOException {
        boolean whole = blocks.run(blocks.next(), LightGcnBlock::new, block -> {
            block.bad.forEach(bad -> skipped.add(refusal(before + bad.line(), bad.found())));
            block.addTo(lines);
            before += block.lines;
            return true;
        });
        if (!whole) {
            throw Utf8Reader.tooLong(file, before + 1);
        }
        skipped.note();
        return lines.end();
    }

    private InputException refusal(long line, String found) {
        return found.indexOf(0) >= 0
                ? DataErrors.nul(file, line)
                : DataErrors.at(
                        file,
                        line,
                        DataErrors.quote(found),
                        "integers from 0 to 2147483647 without leading zeros, 'user item item ...' separated by spaces",
                        "correct the line, or write rows 'user,item', where ids may be any text");
    }
}
