package org.mineral.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mineral.config.InputException;

class IdMapTest {

    private static final IdMap MAP = IdMap.of(List.of("b", "a", "c"));

    @Test
    void theIndicesOfItsIdsInAnotherMap() {
        assertThat(MAP.indicesIn(IdMap.of(List.of("c", "d", "b")))).containsExactly(2, -1, 0);
        assertThat(MAP.indicesIn(MAP)).containsExactly(0, 1, 2);
        assertThat(MAP.indicesIn(IdMap.numbered(0))).containsExactly(-1, -1, -1);
    }

    @Test
    void theSameIdsInAnotherOrderAreAnotherMap() {
        assertThat(MAP.sameAs(IdMap.of(List.of("b", "a", "c")))).isTrue();
        assertThat(MAP.sameAs(IdMap.of(List.of("a", "b", "c")))).isFalse();
        assertThat(MAP.sameAs(IdMap.of(List.of("b", "a")))).isFalse();
    }

    @Test
    void newIdsFollowAndKnownOnesKeepTheirIndices() {
        IdMap more = MAP.followedBy(List.of("d", "a", "e"));
        assertThat(more.ids()).containsExactly("b", "a", "c", "d", "e");
        assertThat(more.index("e")).isEqualTo(4);
        assertThat(MAP.ids()).containsExactly("b", "a", "c");
        assertThat(MAP.index("d")).isEqualTo(-1);
    }

    @Test
    void anIdThatIsNullOrComesTwiceIsRefused() {
        assertThatThrownBy(() -> IdMap.of(Arrays.asList("a", null)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("found null, the id of index 1");
        assertThatThrownBy(() -> IdMap.of(List.of("a", "a")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'a' occurs twice");
    }

    @Test
    void furtherIdsAreTextThatFilesCanHold() {
        for (String id : new String[] {"", "a\0", "\ud83d"}) {
            assertThatThrownBy(() -> MAP.followedBy(List.of("d", id)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("the id of index 1; allowed: text that is not blank");
        }
    }
}
