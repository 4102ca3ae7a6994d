package org.mineral.app.command.option.ranking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import picocli.CommandLine.Option;

/** Somebody who was not in training, given by items: separated by commas, one by one, or from a file. */
public final class HistoryOptions {

    @Option(
            names = "--history",
            paramLabel = "ITEM,ITEM",
            description = "Somebody who was not in training, by their items.")
    @Nullable
    String history;

    @Option(
            names = "--item",
            paramLabel = "ID",
            description = "The same, one item, taken literally; repeat it for more. For ids with commas.")
    @Nullable
    List<String> items;

    @Option(
            names = "--history-file",
            paramLabel = "FILE",
            description = "The same, from a file with an item a line; - is standard input.")
    @Nullable
    String file;

    /**
     * The items' ids in the order in which they are given, known or not.
     *
     * @throws InputException if there is none
     */
    public List<String> ids(IdMap known) throws IOException {
        List<String> ids = new ArrayList<>();
        if (history != null) {
            ItemOptions.parts(history, known).forEach(ids::add);
        }
        if (items != null) {
            ids.addAll(items);
        }
        if (file != null) {
            ids.addAll(IdFiles.read("--history-file", file, known));
        }
        if (ids.isEmpty()) {
            throw new InputException("a history needs an item; " + file + " has none.");
        }
        return ids;
    }

    /** The option that the first of the items comes from. */
    public String option() {
        return history != null ? "--history" : items != null ? "--item" : "--history-file";
    }
}
