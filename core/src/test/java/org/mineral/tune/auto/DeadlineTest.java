package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void theFirstOfEqualPartsEndsBeforeTheWhole() {
        Deadline part = Deadline.inMinutes(10).first(4);
        assertThat(part.allows(140)).isTrue();
        assertThat(part.allows(160)).isFalse();
        assertThat(part.allowsAtAll(590)).isTrue();
        assertThat(part.allowsAtAll(610)).isFalse();
    }

    @Test
    void halfIsOfTheTimeThatIsLeft() {
        Deadline whole = Deadline.inMinutes(10);
        assertThat(whole.half().allowsAtAll(290)).isTrue();
        assertThat(whole.half().allowsAtAll(310)).isFalse();
        whole.clock().add(400);
        assertThat(whole.half().allowsAtAll(90)).isTrue();
        assertThat(whole.half().allowsAtAll(110)).isFalse();
        assertThat(Deadline.none().half().allowsAtAll(1e12)).isTrue();
    }
}
