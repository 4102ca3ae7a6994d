package org.mineral.recommend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.data.attributes.FurtherRows;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Model;

/**
 * Side files of users and items that came after training.
 *
 * @param items null for none
 * @param users null for none
 */
public record SideFiles(@Nullable Path items, @Nullable Path users) {

    public static final SideFiles NONE = new SideFiles(null, null);

    /**
     * Reads the files.
     *
     * @param notes receives what was ignored
     * @return the model with the items and users of the files; the same if there are none
     * @throws org.mineral.config.InputException if a file is invalid, or the model has no attributes
     */
    public Model into(Model model, Consumer<String> notes) throws IOException {
        Model all = model;
        if (items != null) {
            AttributeScorer scorer = all.require(AttributeScorer.class);
            FurtherRows rows = FurtherRows.ofItems(items, all.items(), all.itemAttributes());
            all = scorer.withItems(rows.ids(), noted(rows, items, notes).rows());
        }
        if (users != null) {
            AttributeScorer scorer = all.require(AttributeScorer.class);
            FurtherRows rows = FurtherRows.ofUsers(users, all.users(), all.userAttributes());
            all = scorer.withUsers(rows.ids(), noted(rows, users, notes).rows());
        }
        return all;
    }

    private static FurtherRows noted(FurtherRows rows, Path file, Consumer<String> notes) {
        rows.notes().forEach(note -> notes.accept(file + ": " + note));
        return rows;
    }
}
