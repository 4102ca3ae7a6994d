package org.mineral.app.command.output;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mineral.app.console.Console;
import org.mineral.app.json.JsonText;
import org.mineral.data.text.EscapedText;
import org.mineral.recommend.RankedItems;

/**
 * Ranked lists on standard output, as they come: lines {@code of<TAB>id<TAB>rank<TAB>score}, followed by a title if that was
 * asked for, ids and titles escaped as {@link EscapedText} says; or one JSON array.
 */
public final class RankingPrinter implements AutoCloseable {

    private final Console console;
    private final boolean json;
    private final String ofName;
    private final String idName;
    private final boolean titled;
    private boolean first = true;

    /**
     * @param ofName and idName: the JSON names of the first two columns
     * @param titled whether lines have a column of titles, empty where none is known
     */
    public RankingPrinter(Console console, boolean json, String ofName, String idName, boolean titled) {
        this.console = console;
        this.json = json;
        this.ofName = ofName;
        this.idName = idName;
        this.titled = titled;
    }

    public void add(String of, List<RankedItems.Entry> list) {
        for (RankedItems.Entry entry : list) {
            if (json) {
                console.out().print(first ? "[\n" : ",\n");
                Map<String, Object> row =
                        JsonText.object(ofName, of, idName, entry.item(), "rank", entry.rank(), "score", entry.score());
                if (entry.title() != null) {
                    row.put("title", entry.title());
                }
                console.out().print(JsonText.compact(row));
                first = false;
            } else {
                String title = titled ? "\t" + EscapedText.escape(Objects.requireNonNullElse(entry.title(), "")) : "";
                console.out()
                        .println(EscapedText.escape(of) + "\t" + EscapedText.escape(entry.item()) + "\t" + entry.rank()
                                + "\t" + (float) entry.score() + title);
            }
        }
    }

    /** To be called when nothing failed: completes the document. */
    @Override
    public void close() {
        if (json) {
            console.out().println(first ? "[]" : "\n]");
        }
    }
}
