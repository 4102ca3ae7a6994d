package org.mineral.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

    @Test
    void factsAreInAlphabeticalOrderWhateverOrderTheyCameIn() {
        Provenance facts = Provenance.NONE.with("z of somebody", List.of(1)).with(Provenance.DATA, "d");
        assertThat(facts.facts().keySet()).containsExactly("data", "z of somebody");
        assertThat(facts.fact("z of somebody")).contains(List.of(1));
        assertThat(facts).isEqualTo(Provenance.NONE.with(Map.of("z of somebody", List.of(1), "data", "d")));
        assertThatThrownBy(() -> facts.facts().put("data", "other")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void withReplacesAndOrElseDoesNot() {
        Provenance facts = Provenance.NONE.with(Provenance.DATA_HASH, "a");
        assertThat(facts.with(Provenance.DATA_HASH, "b").dataHash()).contains("b");
        assertThat(facts.orElse(Map.of(Provenance.DATA_HASH, "b", Provenance.DATA, "d")))
                .isEqualTo(facts.with(Provenance.DATA, "d"));
    }

    @Test
    void aFactOfAnotherTypeIsKeptButNotRead() {
        Provenance damaged = Provenance.NONE.with(Provenance.DATA_HASH, 3).with(Provenance.PROTOCOL, true);
        assertThat(damaged.dataHash()).isEmpty();
        assertThat(damaged.protocol()).isEmpty();
        assertThat(damaged.fact(Provenance.DATA_HASH)).contains(3);
        assertThat(damaged.ensemble() || damaged.withValid() || damaged.taught())
                .isFalse();
    }
}
