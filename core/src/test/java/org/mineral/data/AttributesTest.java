package org.mineral.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mineral.data.synthetic.SyntheticData;

class AttributesTest {

    private static final Attributes X = new Attributes(
            new SparseMatrix(Interactions.of(3, new int[] {0, 2}, new int[0], new int[] {1}), new float[] {1, 2, 3}),
            IdMap.of(List.of("a", "b", "c")));

    @Test
    void valuesAreWhereTheEntriesAre() {
        assertThat(X.x().get(0, 2)).isEqualTo(2);
        assertThat(X.x().get(0, 1)).isZero();
        assertThat(X.covered()).isEqualTo(2);
        assertThat(X.has(1)).isFalse();
    }

    @Test
    void theTransposeHasTheSameValues() {
        SparseMatrix transposed = X.x().transpose();
        for (int row = 0; row < 3; row++) {
            for (int a = 0; a < 3; a++) {
                assertThat(transposed.get(a, row)).isEqualTo(X.x().get(row, a));
            }
        }
    }

    @Test
    void rowsMove() {
        SparseMatrix moved = X.x().rows(new int[] {2, -1, 0, 0});
        assertThat(moved.rows()).isEqualTo(4);
        assertThat(moved.get(0, 1)).isEqualTo(3);
        assertThat(moved.entries().count(1) > 0).isFalse();
        assertThat(moved.get(3, 2)).isEqualTo(2);
    }

    @Test
    void twoOfTheSameRowsAreJoined() {
        Attributes more = new Attributes(
                new SparseMatrix(Interactions.of(1, new int[] {0}, new int[] {0}, new int[0]), new float[] {5, 6}),
                IdMap.of(List.of("d")));
        Attributes both = X.and(more);
        assertThat(both.names().ids()).containsExactly("a", "b", "c", "d");
        assertThat(both.x().get(0, 3)).isEqualTo(5);
        assertThat(both.x().get(0, 2)).isEqualTo(2);
        assertThat(both.x().get(1, 3)).isEqualTo(6);
        assertThatThrownBy(() -> X.and(X)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() {
        assertThatThrownBy(() -> new SparseMatrix(X.x().entries(), new float[] {1, Float.NaN, 3}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Through splits and into a larger catalogue they stay with their items, and they are part of the data's identity. */
    @Test
    void theyStayWithTheirItems() {
        Dataset plain = SyntheticData.generate("builtin:tastes:users=40,items=20,activity=5")
                .data();
        int[] first = {0};
        Attributes marks = new Attributes(SparseMatrix.ofOnes(Interactions.of(1, first)), IdMap.of(List.of("mark")))
                .of(IdMap.of(List.of(plain.items().id(7))), plain.items());
        Dataset data = plain.withAttributes(Attributes.none(40), marks);
        assertThat(data.hash()).isNotEqualTo(plain.hash());
        for (Dataset other : List.of(
                data.split(Split.random(0.8, 0.1, 0.1, 1)),
                data.holdOut(0.2, 3),
                data.withValidInTrain(),
                data.withMore(List.of("u"), List.of("new", "newer")))) {
            int item = other.items().index(plain.items().id(7));
            assertThat(other.itemAttributes().x().get(item, 0)).isEqualTo(1);
            assertThat(other.itemAttributes().covered()).isEqualTo(1);
            assertThat(other.itemAttributes().rows()).isEqualTo(other.items().size());
        }
        Dataset more = data.withMore(List.of("u"), List.of("new", "newer"));
        assertThat(more.train().size()).isEqualTo(data.train().size());
        assertThat(more.train().items()).isEqualTo(22);
        assertThat(data.withMore(List.of(), List.of(plain.items().id(3)))).isSameAs(data);
    }
}
