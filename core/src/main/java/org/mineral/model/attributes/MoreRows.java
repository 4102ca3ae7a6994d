package org.mineral.model.attributes;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.SparseMatrix;

/**
 * The users, or items, of a model with further ones.
 *
 * @param ids the model's, then the new ones
 * @param x attributes of all of them; one of the model's that had none takes new ones in any case
 * @param from by index: the row of the further ones, or -1 for one of the model's that stays as it is
 */
public record MoreRows(IdMap ids, SparseMatrix x, int[] from) {

    /**
     * @param known of the model
     * @param attributes of these
     * @param more ids, each once
     * @param rows of these
     * @param replaced whether one of the model's takes the new attributes
     */
    public static MoreRows of(
            IdMap known, Attributes attributes, List<String> more, SparseMatrix rows, IntPredicate replaced) {
        IdMap ids = known.followedBy(more);
        int[] from = new int[ids.size()];
        int[] stacked = new int[ids.size()];
        Arrays.fill(from, -1);
        Arrays.setAll(stacked, index -> index);
        for (int row = 0; row < more.size(); row++) {
            int index = ids.index(more.get(row));
            boolean takesRow = index >= known.size() || replaced.test(index);
            from[index] = takesRow ? row : -1;
            stacked[index] = takesRow || !attributes.has(index) ? known.size() + row : index;
        }
        return new MoreRows(ids, attributes.x().above(rows).rows(stacked), from);
    }
}
