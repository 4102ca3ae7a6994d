package org.mineral.recommend;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.model.History;

/**
 * Whoever is recommended to, as far as a model knows them.
 *
 * @param source where what is known comes from
 * @param row the user's index in the model, or -1
 * @param history what a list is computed from, or null where it is what the model has for the row
 * @param vector their vector, or null where the model has none for them
 * @param items what they are known to have taken, ascending
 * @param ignored ids of theirs that the model does not know, or that nothing was learnt of
 */
public record UserProfile(
        Source source,
        int row,
        @Nullable History history,
        float @Nullable [] vector,
        int[] items,
        List<String> ignored) {

    /** Where a list comes from; lower case in answers. */
    public enum Source {
        /** What was learnt of the user in training. */
        TRAINED,
        /** Computed anew from the user's training items and their feedback since. */
        UPDATED,
        /** Computed from items of somebody who has no training interactions: given ones, or those held out for validation. */
        HISTORY,
        /** Nothing is known of them: what most users took. */
        POPULARITY
    }

    /** Where it comes from, in a sentence. */
    public String note() {
        return switch (source) {
            case TRAINED -> "what the model learnt of the user in training";
            case UPDATED ->
                vector != null
                        ? "the user's vector, computed anew with the feedback since training"
                        : "the user's items in training and the feedback since, scored anew";
            case HISTORY ->
                vector != null
                        ? "a vector computed from the items known of them, by solving the model's own objective for these"
                        : "the items known of them, scored by the model";
            case POPULARITY -> "nothing is known of them that this model can use: the items that most users took";
        };
    }
}
