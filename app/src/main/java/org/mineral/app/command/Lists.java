package org.mineral.app.command;

import java.util.List;
import org.mineral.app.Console;
import org.mineral.app.Json;
import org.mineral.data.read.EscapedText;
import org.mineral.model.Model.Recommendation;

/**
 * Ranked lists on standard output, as they come: lines {@code of<TAB>id<TAB>rank<TAB>score}, the ids escaped as
 * {@link EscapedText} says, or one JSON array.
 */
final class Lists implements AutoCloseable {

    private final Console console;
    private final boolean json;
    private final String ofName;
    private final String idName;
    private boolean first = true;

    /** @param ofName and idName: the JSON names of the first two columns */
    Lists(Console console, boolean json, String ofName, String idName) {
        this.console = console;
        this.json = json;
        this.ofName = ofName;
        this.idName = idName;
    }

    void add(String of, List<Recommendation> list) {
        int rank = 1;
        for (Recommendation entry : list) {
            if (json) {
                console.out().print(first ? "[\n" : ",\n");
                console.out()
                        .print(Json.compact(
                                Json.object(ofName, of, idName, entry.item(), "rank", rank, "score", entry.score())));
                first = false;
            } else {
                console.out()
                        .println(EscapedText.escape(of) + "\t" + EscapedText.escape(entry.item()) + "\t" + rank + "\t"
                                + (float) entry.score());
            }
            rank++;
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
