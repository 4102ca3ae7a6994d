package org.mineral.algorithm.ease;

import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.SparseRow;
import org.mineral.linalg.SymmetricTiles;
import org.mineral.linalg.Workers;

/** X'X of one data set, which runs with different l2 begin with: the first one computes it, all get a copy. */
final class SharedGram {

    /** With more items the inversion takes nearly all of the time, and a second matrix much memory. */
    private static final int MOST_ITEMS = 8_000;

    private @Nullable SparseMatrix of;
    private @Nullable SymmetricTiles kept;

    /** Whether runs on data with so many items share it. */
    static boolean pays(int items) {
        return items <= MOST_ITEMS;
    }

    /** A matrix of the caller's own. */
    synchronized SymmetricTiles of(SparseMatrix x, Workers workers) {
        SymmetricTiles gram = kept;
        if (gram == null || !x.equals(of)) {
            gram = gram(x, workers);
            kept = gram;
            of = x;
        }
        return gram.copy();
    }

    /** X'X; with weights of 1, the entry (i, j) is the number of users who took both items. */
    static SymmetricTiles gram(SparseMatrix x, Workers workers) {
        int n = x.columns();
        SymmetricTiles gram = new SymmetricTiles(n);
        SparseMatrix transposed = x.transpose();
        Interactions takers = transposed.entries();
        SparseRow[] scratch = new SparseRow[workers.threads()];
        workers.run(n, (i, worker) -> {
            SparseRow row = scratch[worker] == null ? new SparseRow(n) : scratch[worker];
            scratch[worker] = row;
            row.clear();
            for (int k = takers.begin(i); k < takers.end(i); k++) {
                row.add(transposed.values()[k], x, takers.columns()[k]);
            }
            for (int k = 0; k < row.size(); k++) {
                int j = row.column(k);
                if (j <= i) {
                    gram.set(i, j, row.sum(j));
                }
            }
        });
        return gram;
    }
}
