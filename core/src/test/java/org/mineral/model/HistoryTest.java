package org.mineral.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;

class HistoryTest {

    @Test
    void itemsKeepTheirOrderAndCountOneUnlessWeightsAreGiven() {
        assertThat(History.of(3, 1, 2).items()).containsExactly(3, 1, 2);
        assertThat(History.of(3, 1, 2).weights()).containsExactly(1, 1, 1);
        History weighted = History.of(new int[] {3, 1}, new double[] {0.5, 2});
        assertThat(weighted.size()).isEqualTo(2);
        assertThat(weighted.item(1)).isEqualTo(1);
        assertThat(weighted.weight(1)).isEqualTo(2);
    }

    @Test
    void positionsInTheOrderOfItems() {
        assertThat(History.of(7, Integer.MAX_VALUE, 0, 3).ascending()).containsExactly(2, 3, 0, 1);
    }

    @Test
    void anItemThatComesAgainIsKeptWhereItCameLast() {
        assertThat(History.latest(5, 1, 5, Integer.MAX_VALUE, 1, 2).items())
                .containsExactly(5, Integer.MAX_VALUE, 1, 2);
    }

    @Test
    void invalidHistoriesAreRefused() {
        assertThatThrownBy(() -> History.of())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> History.latest())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> History.of(1, -1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> History.of(2, 1, 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("index 2 twice");
        assertThatThrownBy(() -> History.of(new int[] {1, 2}, new double[] {1}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 weights for 2 items");
        for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> History.of(new int[] {1}, new double[] {weight}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("above 0, finite");
        }
    }

    @Test
    void aModelRefusesItemsThatItDoesNotHave() {
        FactorModel tiny = TestModels.tiny();
        Interactions some = Interactions.of(4, new int[] {1}, new int[] {0}, new int[] {});
        PopularityModel model = new PopularityModel(tiny.users(), tiny.items(), some);
        assertThat(History.of(0, 1).checked(model).size()).isEqualTo(2);
        assertThatThrownBy(() -> History.of(4).checked(model))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("0 to 3");
        assertThatThrownBy(() -> History.of(2).checked(model))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no training interactions");
    }
}
