package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.HoldOut;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;

class HeldOutTest {

    private static final Dataset DATA =
            Datasets.read("builtin:tastes:users=100,items=60").withValidInTrain();

    private static Dataset timed(IntToLongFunction time) {
        long[] times = new long[DATA.all().size()];
        for (int k = 0; k < times.length; k++) {
            times[k] = time.applyAsLong(k);
        }
        return DATA.withEvents(new Events(DATA.all(), null, times));
    }

    private static void isDivided(HeldOut heldOut) {
        for (Dataset part : heldOut.parts()) {
            assertThat(part.train().union(part.valid())).isEqualTo(DATA.train());
            assertThat(part.valid().size())
                    .isBetween(DATA.train().size() / 15, DATA.train().size() / 7);
            assertThat(part.test().size()).isZero();
        }
    }

    @Test
    void withoutTimesAnyAreHeldOut() {
        HeldOut heldOut = HeldOut.of(DATA, null, 1, 3, 7);
        isDivided(heldOut);
        assertThat(heldOut.name()).isEqualTo("0.1");
        assertThat(heldOut.parts()).hasSize(3);
        assertThat(heldOut.parts().get(0).valid())
                .isNotEqualTo(heldOut.parts().get(1).valid());
    }

    @Test
    void whatIsHeldOutIsLaterThanAllElse() {
        Dataset timed = timed(k -> k * 7919L % 1009);
        HeldOut heldOut = HeldOut.of(timed, null, 1, 3, 7);
        isDivided(heldOut);
        assertThat(heldOut.name()).isEqualTo("time:0.1");
        assertThat(heldOut.parts()).hasSize(1);
        assertThat(least(timed, heldOut.first().valid()))
                .isGreaterThan(-least(timedBackwards(timed), heldOut.first().train()));
    }

    private static Dataset timedBackwards(Dataset timed) {
        return timed(k -> -timed.events().timestamps()[k]);
    }

    private static long least(Dataset timed, Interactions part) {
        long least = Long.MAX_VALUE;
        for (long time : timed.events().of(part).timestamps()) {
            least = Math.min(least, time);
        }
        return least;
    }

    @Test
    void usersWhoCameOneAfterTheOtherAreJudgedByTheirOwnLast() {
        HeldOut heldOut = HeldOut.of(timed(k -> k), null, 1, 3, 7);
        isDivided(heldOut);
        assertThat(heldOut.name()).isEqualTo("last:0.1");
    }

    @Test
    void whatComesNextIsJudgedByTheLastOfEachUser() {
        Dataset timed = timed(k -> k * 7919L % 1009);
        HeldOut heldOut = HeldOut.next(timed, null, 7);
        assertThat(heldOut.name()).isEqualTo("last:1");
        assertThat(heldOut.each()).isEqualTo(1);
        Interactions valid = heldOut.first().valid();
        assertThat(heldOut.first().train().union(valid)).isEqualTo(DATA.train());
        long[] times = timed.events().of(DATA.train()).timestamps();
        for (int user = 0; user < valid.users(); user++) {
            assertThat(valid.count(user)).isEqualTo(DATA.train().count(user) > 1 ? 1 : 0);
            long latest = Arrays.stream(
                            times, DATA.train().begin(user), DATA.train().end(user))
                    .max()
                    .orElse(0);
            for (int k = DATA.train().begin(user); k < DATA.train().end(user); k++) {
                boolean last = times[k] == latest;
                assertThat(valid.contains(user, DATA.train().columns()[k])).isEqualTo(last && valid.count(user) > 0);
            }
        }
        assertThat(HeldOut.next(timed, HoldOut.parse("last:0.1"), 7).name()).isEqualTo("last:0.1");
        assertThatThrownBy(() -> HeldOut.next(DATA, null, 7))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("times");
    }

    @Test
    void aSampleIsOfUsersAndKeepsAllItems() {
        Dataset part = HeldOut.of(DATA, null, 0.5, 1, 7).first();
        int users = part.train().users() - part.train().emptyRows();
        assertThat(users).isBetween(30, 70);
        assertThat(part.train().items()).isEqualTo(DATA.train().items());
        for (int user = 0; user < part.train().users(); user++) {
            int all = part.train().count(user) + part.valid().count(user);
            assertThat(all).isIn(0, DATA.train().count(user));
        }
    }
}
