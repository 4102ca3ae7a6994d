package org.mineral.recommend;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.model.History;

/**
 * A user, known or anonymous, as input for recommendations.
 *
 * @param source origin of the information
 * @param row the user's index in the model, or -1
 * @param history the history that lists are computed from, or null to use the model's row
 * @param vector the user's vector, or null if the model has none
 * @param items the known items, ascending
 * @param ignored ids that the model does not know, or that nothing was learnt about; values of attributes likewise
 * @param scores of all items, if they are known already
 */
public record UserProfile(
        Source source,
        int row,
        @Nullable History history,
        float @Nullable [] vector,
        int[] items,
        List<String> ignored,
        float @Nullable [] scores) {

    /** A user without scores of their own. */
    UserProfile(
            Source source,
            int row,
            @Nullable History history,
            float @Nullable [] vector,
            int[] items,
            List<String> ignored) {
        this(source, row, history, vector, items, ignored, null);
    }

    /** The origin of a list; in lower case in responses. */
    public enum Source {
        /** The user's parameters from training. */
        TRAINED,
        /** Computed from the user's training items and later feedback. */
        UPDATED,
        /** Computed from items of a user without training interactions: given ones, or those of the validation part. */
        HISTORY,
        /** Computed from attributes: of the user, or of items that they like. */
        ATTRIBUTES,
        /** Nothing is known about the user: the most popular items. */
        POPULARITY
    }

    /** A sentence about the origin. */
    public String note() {
        return switch (source) {
            case TRAINED -> "what the model learnt of the user in training";
            case UPDATED ->
                vector != null
                        ? "the user's vector, computed anew with the feedback since training"
                        : "the user's items in training and the feedback since, scored anew";
            case HISTORY ->
                vector != null
                        ? "a vector computed from the items known of them"
                        : "the items known of them, scored by the model";
            case ATTRIBUTES -> "what their attributes say";
            case POPULARITY -> "nothing is known of them that this model can use: the items that most users took";
        };
    }
}
