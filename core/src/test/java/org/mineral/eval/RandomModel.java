package org.mineral.eval;

import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.mineral.data.Interactions;
import org.mineral.model.FactorModel;
import org.mineral.model.TestModels;

/** A small model without any sense, with training and test items apart; whole factors, so that scores tie. */
record RandomModel(FactorModel model, Interactions test) {

    static RandomModel of(int users, int items, int factors, long seed) {
        Random random = new Random(seed);
        int[][] train = new int[users][];
        int[][] test = new int[users][];
        for (int u = 0; u < users; u++) {
            // Most of the training items are of the first half, so that popularity differs; the last item has none.
            int[] role = IntStream.range(0, items)
                    .map(i -> i < items - 1 && random.nextInt(items) < items - i ? 1 + random.nextInt(3) : 0)
                    .toArray();
            train[u] = IntStream.range(0, items).filter(i -> role[i] == 1).toArray();
            test[u] = IntStream.range(0, items)
                    .filter(i -> role[i] == 2 || i == items - 1 && random.nextBoolean())
                    .toArray();
        }
        return new RandomModel(
                TestModels.model(
                        TestModels.whole(users, factors, 3, random),
                        TestModels.whole(items, factors, 3, random),
                        Interactions.of(items, train),
                        Map.of()),
                Interactions.of(items, test));
    }
}
