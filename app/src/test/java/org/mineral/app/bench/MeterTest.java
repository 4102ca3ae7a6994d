package org.mineral.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {

    private static Limit limit(Double... values) {
        Iterator<Double> each = List.of(values).iterator();
        return new Limit("a limit", "flop", each::next);
    }

    @Test
    void aLapIsComparedWithTheLimitMeasuredAroundIt() {
        Meter meter = new Meter(60, limit(90.0, 110.0));
        meter.lap(1);
        BenchRow row = meter.row("group", "name", 64, 2);
        assertThat(row.value()).isEqualTo(60);
        assertThat(row.unit()).isEqualTo("flop/s");
        assertThat(row.limitValue()).isEqualTo(100);
        assertThat(row.share()).isCloseTo(0.6, within(1e-12));
    }

    /** Half the speed under half the limit is the same share. */
    @Test
    void aMachineThatSlowsDownChangesNoShare() {
        Meter meter = new Meter(60, limit(100.0, 100.0, 50.0, 50.0, 50.0));
        meter.lap(1);
        meter.restart();
        meter.lap(2);
        meter.lap(2);
        assertThat(meter.row("group", "name", 64, 2).share()).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void theMedianIgnoresOneLapThatWasDisturbed() {
        Meter meter = new Meter(10, limit(100.0, 100.0, 100.0, 100.0));
        meter.lap(1);
        meter.lap(1);
        meter.lap(50);
        assertThat(meter.medianSeconds()).isEqualTo(1);
        assertThat(Meter.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    }
}
