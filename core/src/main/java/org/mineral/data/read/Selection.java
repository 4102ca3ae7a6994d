package org.mineral.data.read;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.DataReport;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;

/** A subset of a data set's interactions, with the users and items that occur in it. */
final class Selection {

    private final Interactions all;
    private final boolean[] stays;
    private final int[] toUser;
    private final int[] toItem;
    private int users;
    private int items;

    private Selection(Interactions all, boolean[] stays) {
        this.all = all;
        this.stays = stays;
        this.toUser = new int[all.users()];
        this.toItem = new int[all.items()];
    }

    /** @param stays for each position of {@code data.all()} whether the pair is kept */
    static Dataset of(Dataset data, boolean[] stays, DataReport report) {
        return new Selection(data.all(), stays).select(data, report);
    }

    private Dataset select(Dataset data, DataReport report) {
        IdMap userIds = number(data.users(), toUser, true);
        IdMap itemIds = number(data.items(), toItem, false);
        users = userIds.size();
        items = itemIds.size();
        Interactions train = part(data.train());
        if (train.size() == 0) {
            throw new InputException(
                    data.name() + ": found no interaction of train that is left after cleaning; allowed:"
                            + " at least one; ask for less");
        }
        Interactions valid = part(data.valid());
        Interactions test = part(data.test());
        return new Dataset(data.name(), userIds, itemIds, train, valid, test, events(data.events()), report);
    }

    /** New indices: consecutive for those with a remaining interaction, -1 for the others. */
    private IdMap number(IdMap ids, int[] to, boolean ofUsers) {
        boolean[] some = new boolean[to.length];
        for (int u = 0; u < all.users(); u++) {
            for (int k = all.begin(u); k < all.end(u); k++) {
                some[ofUsers ? u : all.columns()[k]] |= stays[k];
            }
        }
        IdMap.Builder builder = IdMap.builder();
        for (int k = 0; k < to.length; k++) {
            to[k] = some[k] ? builder.add(ids.id(k)) : -1;
        }
        return builder.build();
    }

    /** The new indices ascend with the old ones, so that rows stay sorted. */
    private Interactions part(Interactions part) {
        int[] offsets = new int[users + 1];
        int[] columns = new int[part.size()];
        int size = 0;
        for (int u = 0; u < part.users(); u++) {
            int at = all.begin(u);
            for (int k = part.begin(u); k < part.end(u); k++) {
                int item = part.columns()[k];
                while (all.columns()[at] != item) {
                    at++;
                }
                if (stays[at]) {
                    columns[size++] = toItem[item];
                }
            }
            if (toUser[u] >= 0) {
                offsets[toUser[u] + 1] = size;
            }
        }
        return new Interactions(items, offsets, Interactions.cut(columns, size));
    }

    private @Nullable Events events(@Nullable Events events) {
        if (events == null) {
            return null;
        }
        return events.at(
                part(all),
                IntStream.range(0, stays.length).filter(k -> stays[k]).toArray());
    }
}
