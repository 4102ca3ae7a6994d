package org.mineral.app.command.option.ranking;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.NoDataException;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;
import org.mineral.model.Model;

/**
 * Histories of users who were not in training, from a file of interactions in any data format.
 *
 * @param names the users of the file who have an item that the model knows
 * @param items their items' ids, each with the weight 1
 * @param unknownItems items of the file that the model does not know
 * @param leftOut users of the file who have no other item
 */
public record HistoryFile(List<String> names, List<Map<String, Double>> items, int unknownItems, int leftOut) {

    private static final int LONGEST_SHOWN = 64;

    /** Times and ratings are ignored, so they may have any form. */
    private static final ReadOptions WHO_TOOK_WHAT =
            ReadOptions.DEFAULTS.with("time", "none").with("rating", "none");

    /**
     * @param model the model that scores the histories
     * @param skipUnknown whether unknown items are left out; otherwise they are refused
     */
    public static HistoryFile read(Path file, Model model, boolean skipUnknown) {
        Dataset data;
        try {
            data = Datasets.read(file, WHO_TOOK_WHAT);
        } catch (NoDataException e) {
            return new HistoryFile(List.of(), List.of(), 0, 0);
        }
        Interactions all = data.all();
        boolean[] missing = new boolean[data.items().size()];
        int unknown = 0;
        String first = "";
        for (int item = 0; item < missing.length; item++) {
            missing[item] = !isKnown(model, data.items().id(item));
            first = missing[item] && unknown == 0 ? data.items().id(item) : first;
            unknown += missing[item] ? 1 : 0;
        }
        if (unknown > 0 && !skipUnknown) {
            throw new InputException(file + ": the model does not know " + unknown + " of " + missing.length
                    + " items, the first '" + shown(first) + "'. Leave them out with --skip-unknown.");
        }
        List<String> names = new ArrayList<>();
        List<Map<String, Double>> histories = new ArrayList<>();
        int leftOut = 0;
        for (int user = 0; user < all.users(); user++) {
            Map<String, Double> history = new LinkedHashMap<>();
            for (int item : all.row(user)) {
                if (!missing[item]) {
                    history.put(data.items().id(item), 1.0);
                }
            }
            if (history.isEmpty()) {
                leftOut++;
            } else {
                names.add(data.users().id(user));
                histories.add(history);
            }
        }
        return new HistoryFile(names, histories, unknown, leftOut);
    }

    /** Whether something was learnt of an item. */
    public static boolean isKnown(Model model, String item) {
        int index = model.items().index(item);
        return index >= 0 && model.population().hasItem(index);
    }

    private static String shown(String id) {
        return id.length() > LONGEST_SHOWN ? id.substring(0, LONGEST_SHOWN) + "..." : id;
    }
}
