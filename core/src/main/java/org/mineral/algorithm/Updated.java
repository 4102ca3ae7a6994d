package org.mineral.algorithm;

import org.jspecify.annotations.Nullable;
import org.mineral.model.Model;

/**
 * A model that has taken in new interactions.
 *
 * @param model the same parameters and facts if nothing was new to it
 * @param newPairs interactions that the model did not know
 * @param foldSeconds until new users and items had their parameters
 * @param training of all afterwards; null if nothing was new
 */
public record Updated<M extends Model>(
        M model,
        int newUsers,
        int newItems,
        int newPairs,
        double foldSeconds,
        @Nullable Fit<M> training) {}
