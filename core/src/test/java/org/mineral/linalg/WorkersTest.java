package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void everyTaskRunsExactlyOnce(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int n : new int[] {0, 1, 2, 5, 1000}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(n + 1);
                workers.run(n, (task, worker) -> runs.incrementAndGet(task));
                for (int task = 0; task < n; task++) {
                    assertThat(runs.get(task)).isEqualTo(1);
                }
                assertThat(runs.get(n)).isZero();
            }
        }
    }

    @Test
    void twoRunningTasksNeverShareAWorkersScratch() {
        int threads = 5;
        AtomicIntegerArray busy = new AtomicIntegerArray(threads);
        AtomicBoolean shared = new AtomicBoolean();
        try (Workers workers = new Workers(threads)) {
            workers.run(2000, (task, worker) -> {
                shared.compareAndSet(false, busy.incrementAndGet(worker) != 1);
                Thread.yield();
                busy.decrementAndGet(worker);
            });
        }
        assertThat(shared).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aTasksExceptionIsRethrownAndTheWorkersStayUsable(int threads) {
        try (Workers workers = new Workers(threads)) {
            assertThatThrownBy(() -> workers.run(50, (task, worker) -> {
                        if (task == 17) {
                            throw new UnsupportedOperationException("task 17");
                        }
                    }))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("task 17");
            assertThatThrownBy(() -> workers.run(4, (task, worker) -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
            AtomicIntegerArray runs = new AtomicIntegerArray(1);
            workers.run(20, (task, worker) -> runs.incrementAndGet(0));
            assertThat(runs.get(0)).isEqualTo(20);
        }
    }

    @Test
    void anImpossibleNumberOfThreadsIsRefused() {
        for (int threads : new int[] {0, -1, 1025}) {
            assertThatThrownBy(() -> new Workers(threads))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 1024");
        }
    }
}
