package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FidelityTest {

    @Test
    void whatIsShortIsRunAsItWillBe() {
        assertThat(Fidelity.of(100, 10, 30_000, 300)).isEqualTo(new Fidelity(10, 1, 3, true));
        assertThat(Fidelity.of(101, 10, 30_000, 300)).isEqualTo(new Fidelity(10, 1, 1, true));
    }

    @Test
    void longerTrainingsAreCutToTheirRoom() {
        assertThat(Fidelity.of(400, 10, 80_000, 300)).isEqualTo(new Fidelity(8, 1, 1, false));
        Fidelity large = Fidelity.of(24_000, 30, 1_000_000, 3_000);
        assertThat(large.epochs()).isEqualTo(8);
        assertThat(large.share()).isEqualTo(3_000 / (24_000 * 8 / 30.0));
        assertThat(large.whole()).isFalse();
    }

    @Test
    void pointsOfPlacesAreNarrower() {
        assertThat(Fidelity.ofPlaces(3, 256, 256, d -> d)).isEqualTo(new Fidelity(3, 1, 1, true));
        assertThat(Fidelity.ofPlaces(3, 256, 255, d -> d)).isEqualTo(new Fidelity(3, 1, 1, false, 128));
        assertThat(Fidelity.ofPlaces(3, 256, 1, d -> d)).isEqualTo(new Fidelity(3, 1, 1, false, 32));
        assertThat(Fidelity.ofPlaces(3, 48, 1, d -> d)).isEqualTo(new Fidelity(3, 1, 1, false, 32));
        assertThat(Fidelity.ofPlaces(3, 16, 1, d -> d)).isEqualTo(new Fidelity(3, 1, 1, true));
    }

    @Test
    void aSampleKeepsEnoughInteractions() {
        assertThat(Fidelity.of(100_000, 10, 60_000, 100).share()).isEqualTo(0.5);
        assertThat(Fidelity.of(100_000, 10, 20_000, 100).share()).isEqualTo(1);
    }
}
