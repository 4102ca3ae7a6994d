package org.mineral.algorithm;

import java.util.Arrays;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.model.Model;

/** A model's interactions and new ones, in the model's indices, with new users and items appended. */
@Internal
public final class MergedData {

    private MergedData() {}

    /**
     * Training data of an update: what the model knows, its validation part included, and the training part of the news; the news' validation part.
     *
     * @throws InputException if the model is an ensemble
     */
    public static Dataset of(Model model, Dataset news) {
        if (model.info().provenance().ensemble() != null) {
            throw new InputException(
                    "an ensemble cannot take in new interactions: trained on, its members would become one wide model."
                            + " Update each member and join them again.");
        }
        IdMap users = model.users().followedBy(news.users().ids());
        IdMap items = model.items().followedBy(news.items().ids());
        AlignedDataset aligned = news.aligned(users, items);
        Interactions known = model.known();
        int[] offsets = Arrays.copyOf(known.offsets(), users.size() + 1);
        Arrays.fill(offsets, known.users() + 1, offsets.length, known.size());
        Interactions old = new Interactions(items.size(), offsets, known.columns());
        Interactions none = Interactions.empty(users.size(), items.size());
        return Dataset.ofKnown(news.name(), users, items, old.union(aligned.train()), aligned.valid(), none);
    }

    /** Pairs of a user and an item, by index. */
    public interface Pairs {
        boolean test(int user, int item);
    }

    /** Keeps these pairs only, with all rows and columns. */
    public static Interactions select(Interactions from, Pairs pairs) {
        boolean[] stays = new boolean[from.size()];
        for (int u = 0; u < from.users(); u++) {
            for (int k = from.begin(u); k < from.end(u); k++) {
                stays[k] = pairs.test(u, from.columns()[k]);
            }
        }
        return from.select(k -> stays[k]);
    }
}
