package org.mineral.app.bench;

import java.util.SplittableRandom;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.Split;

/** Random interactions: only their number and the popularity of items matter for speed. */
final class ShapedData {

    private ShapedData() {}

    /** Users x items with about so many interactions, a fifth of them for testing. */
    static Dataset of(String name, int users, int items, int interactions) {
        SplittableRandom random = new SplittableRandom(1);
        int mean = Math.max(2, interactions / users);
        int[][] rows = new int[users][];
        for (int u = 0; u < users; u++) {
            rows[u] = new int[Math.min(items / 2, 1 + mean / 2 + random.nextInt(mean))];
            for (int k = 0; k < rows[u].length; k++) {
                double uniform = random.nextDouble();
                rows[u][k] = (int) (items * uniform * uniform);
            }
        }
        Interactions none = Interactions.empty(users, items);
        return Dataset.of(name, Interactions.of(items, rows), none, none).split(Split.random(0.8, 0, 0.2, 1));
    }
}
