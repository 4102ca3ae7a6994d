package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class WorkTimesTest {

    /** Two threads that work for 40 ms each have taken 40 ms between them, whatever else holds the processors. */
    @Test
    void theTeamsTimeIsSharedAndSleepIsLeftOut() throws InterruptedException {
        ThreadMXBean own = ManagementFactory.getThreadMXBean();
        Assumptions.assumeTrue(own.isCurrentThreadCpuTimeSupported() && own.isThreadCpuTimeEnabled());
        int together = Math.min(2, Runtime.getRuntime().availableProcessors());
        try (Workers workers = new Workers(2)) {
            WorkTimes before = workers.times();
            workers.run(2, (task, worker) -> {
                long until = own.getCurrentThreadCpuTime() + 40_000_000;
                while (own.getCurrentThreadCpuTime() < until) {
                    Thread.onSpinWait();
                }
            });
            assertThat(workers.times().since(before).alone()).isBetween(0.079 / together, 0.12 / together);
            WorkTimes rested = workers.times();
            Thread.sleep(100);
            WorkTimes slept = workers.times().since(rested);
            assertThat(slept.alone()).isBetween(0.0, 0.05);
            assertThat(slept.wall()).isGreaterThan(0.09);
        }
    }

    /** 18 ms of work by two threads, 2 ms by the caller: 11 ms alone. */
    @Test
    void theOwnCompilerDoesNotCountAndOtherProgramsDo() {
        // quiet: 11 ms on the wall, of which one of two processors idles for 2
        assertThat(times(0.011, 0.020).crowding()).isCloseTo(1, within(1e-9));
        // the compiler has one processor, the work the other
        assertThat(times(0.020, 0.040).crowding()).isCloseTo(1, within(1e-9));
        // another program has one processor
        assertThat(times(0.020, 0.020).crowding()).isCloseTo(20 / 11.0, within(1e-9));
        // compiler, work and another program share both
        assertThat(times(0.030, 0.040).crowding()).isCloseTo(60 / 42.0, within(1e-9));
        assertThat(times(0.011, 0.020).alone()).isCloseTo(0.011, within(1e-9));
    }

    @Test
    void withoutAProcessClockNobodyElseIsAssumed() {
        assertThat(times(0.020, -1).crowding()).isEqualTo(1);
    }

    private static WorkTimes times(double wall, double process) {
        return new WorkTimes(wall, 0.002, 0.018, process, 2);
    }
}
