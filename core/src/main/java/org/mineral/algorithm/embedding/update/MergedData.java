package org.mineral.algorithm.embedding.update;

import java.util.Arrays;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.model.VectorModel;

/** Merges a model's interactions with new ones, in the model's indices, with new users and items appended. */
final class MergedData {

    private MergedData() {}

    static Dataset of(VectorModel model, Dataset news) {
        IdMap users = model.users().followedBy(news.users().ids());
        IdMap items = model.items().followedBy(news.items().ids());
        AlignedDataset aligned = news.aligned(users, items);
        Interactions known = model.known();
        int[] offsets = Arrays.copyOf(known.offsets(), users.size() + 1);
        Arrays.fill(offsets, known.users() + 1, offsets.length, known.size());
        Interactions old = new Interactions(items.size(), offsets, known.columns());
        Interactions none = Interactions.empty(users.size(), items.size());
        return Dataset.of(news.name(), users, items, old.union(aligned.train()), aligned.valid(), none);
    }

    interface Pairs {
        boolean test(int user, int item);
    }

    /** Keeps these pairs only, with all rows and columns. */
    static Interactions select(Interactions from, Pairs pairs) {
        boolean[] stays = new boolean[from.size()];
        for (int u = 0; u < from.users(); u++) {
            for (int k = from.begin(u); k < from.end(u); k++) {
                stays[k] = pairs.test(u, from.columns()[k]);
            }
        }
        return from.select(k -> stays[k]);
    }
}
