package org.mineral.model.io;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;

/** Collects interactions from the rows of a table. */
@Internal
public final class SeenRows {

    private final Path file;
    private final IdMap users;
    private final IdMap items;
    private long[] pairs = new long[1024];
    private int size;

    /** @param file named in error messages */
    public SeenRows(Path file, IdMap users, IdMap items) {
        this.file = file;
        this.users = users;
        this.items = items;
    }

    /** @throws InputException if the user or the item has no factors */
    public void add(long line, String user, String item) {
        int u = users.index(user);
        int i = items.index(item);
        if (u < 0 || i < 0) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s:%d: found the %s '%s', which has no factors; allowed: ids that have.",
                    file,
                    line,
                    u < 0 ? "user" : "item",
                    u < 0 ? user : item));
        }
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, size * 2);
        }
        pairs[size++] = (long) u << 32 | i;
    }

    public Interactions build() {
        Arrays.sort(pairs, 0, size);
        int[] offsets = new int[users.size() + 1];
        int[] columns = new int[size];
        int kept = 0;
        for (int k = 0; k < size; k++) {
            if (k == 0 || pairs[k] != pairs[k - 1]) {
                columns[kept++] = (int) pairs[k];
                offsets[(int) (pairs[k] >> 32) + 1] = kept;
            }
        }
        for (int u = 1; u < offsets.length; u++) {
            offsets[u] = Math.max(offsets[u], offsets[u - 1]);
        }
        return new Interactions(items.size(), offsets, Arrays.copyOf(columns, kept));
    }
}
