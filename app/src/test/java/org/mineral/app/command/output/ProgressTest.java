package org.mineral.app.command.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Plan;
import org.mineral.app.console.Console;

/** What is printed where there is no terminal. */
class ProgressTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private long now;

    private List<String> lines(Plan plan, Runs run) {
        try (Progress progress = new Progress(new Console(err, err, false), "valid", () -> now)) {
            progress.plan(plan);
            run.run(progress);
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.subList(1, lines.size());
    }

    private record Run(int epochs) implements Plan {

        @Override
        public String engine() {
            return "some";
        }

        @Override
        public long users() {
            return 1000;
        }

        @Override
        public long items() {
            return 10;
        }

        @Override
        public long bytesEstimate() {
            return 0;
        }
    }

    private interface Runs {
        void run(Progress progress);
    }

    private void at(long seconds) {
        now = Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void aRunWithoutEpochsSaysItsShareEveryHalfMinute() {
        assertThat(lines(new Run(0), progress -> {
                    for (int second = 0; second < 100; second++) {
                        at(second);
                        progress.progress(second / 100.0);
                    }
                }))
                .containsExactly(
                        "3 %  about 97 s left",
                        "34 %  about 66 s left", "65 %  about 35 s left", "96 %  about 4 s left");
    }

    @Test
    void epochsPrintLinesOfTheirOwn() {
        assertThat(lines(new Run(2), progress -> {
                    for (int second = 0; second <= 50; second++) {
                        at(second);
                        progress.progress(second / 100.0);
                    }
                    progress.epoch(new Epoch(1, 2, 0.5, 50, Double.NaN));
                }))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("epoch 1/2  ")
                .endsWith("about 97 s left");
    }
}
