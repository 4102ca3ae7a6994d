package org.mineral.comparisons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mineral.linalg.Workers;

/** What is raced against sgemm is the whole product, by plain sums. */
class ProductsTest {

    private static final int USERS = 36;
    private static final int ITEMS = 300;
    private static final int DIMENSION = 16;

    @Test
    void areTheThreeProducts() {
        try (Workers workers = new Workers(2)) {
            Products products = new Products(USERS, ITEMS, DIMENSION, workers);
            products.scores();
            products.users();
            products.items();
            double[] ofUser = new double[USERS * DIMENSION];
            double[] ofItem = new double[ITEMS * DIMENSION];
            for (int u = 0; u < USERS; u++) {
                for (int i = 0; i < ITEMS; i++) {
                    double score = 0;
                    for (int k = 0; k < DIMENSION; k++) {
                        score += products.userRows[u * DIMENSION + k] * products.items.get(i, k);
                    }
                    assertThat((double) products.score(u, i)).isCloseTo(score, within(1e-5));
                    for (int k = 0; k < DIMENSION; k++) {
                        ofUser[u * DIMENSION + k] += score * products.items.get(i, k);
                        ofItem[i * DIMENSION + k] += score * products.userRows[u * DIMENSION + k];
                    }
                }
            }
            for (int k = 0; k < ofUser.length; k++) {
                assertThat((double) products.userSums[k]).isCloseTo(ofUser[k], within(1e-4));
            }
            for (int k = 0; k < ofItem.length; k++) {
                assertThat((double) products.itemSums[k]).isCloseTo(ofItem[k], within(1e-4));
            }
        }
    }
}
