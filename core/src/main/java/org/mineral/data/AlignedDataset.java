package org.mineral.data;

/**
 * A data set with the indices of a model: all parts have the shape (model's users) x (model's items).
 *
 * <p>Users that the model does not know are left out and counted. Items that it does not know cannot be recommended: their pairs are left out
 * too, but in the test part they are misses. Their number is kept for each user, to be added to the number of relevant items.
 *
 * @param unknownTestItems for each of the model's users, how many test items the model does not know
 * @param unknownUsers users of the data with at least one interaction that the model does not know
 * @param unknownItems items of the data with at least one interaction that the model does not know
 */
public record AlignedDataset(
        Interactions train,
        Interactions valid,
        Interactions test,
        int[] unknownTestItems,
        int unknownUsers,
        int unknownItems) {

    static AlignedDataset of(Dataset data, IdMap users, IdMap items) {
        if (data.users().sameAs(users) && data.items().sameAs(items)) {
            return new AlignedDataset(data.train(), data.valid(), data.test(), new int[users.size()], 0, 0);
        }
        int[] toUser = data.users().indicesIn(users);
        int[] toItem = data.items().indicesIn(items);
        int[] unknownTest = new int[users.size()];
        for (int u = 0; u < toUser.length; u++) {
            for (int k = data.test().begin(u); toUser[u] >= 0 && k < data.test().end(u); k++) {
                unknownTest[toUser[u]] += toItem[data.test().columns()[k]] < 0 ? 1 : 0;
            }
        }
        Interactions all = data.all();
        return new AlignedDataset(
                data.train().moved(toUser, toItem, users.size(), items.size()),
                data.valid().moved(toUser, toItem, users.size(), items.size()),
                data.test().moved(toUser, toItem, users.size(), items.size()),
                unknownTest,
                unknown(toUser, all),
                unknown(toItem, all.transpose()));
    }

    /** Train and valid together. */
    public Interactions seen() {
        return train.union(valid);
    }

    private static int unknown(int[] indices, Interactions rows) {
        int count = 0;
        for (int row = 0; row < indices.length; row++) {
            count += indices[row] < 0 && rows.count(row) > 0 ? 1 : 0;
        }
        return count;
    }
}
