package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Dataset;
import org.mineral.data.SparseRow;
import org.mineral.data.read.Datasets;

class FlopCountTest {

    private static final Dataset DATA =
            Datasets.read("builtin:tastes:users=120,items=80").withValidInTrain();

    private static double training(String spec) {
        return FlopCount.of(ModelSpec.parse(spec)).training(DATA);
    }

    @Test
    void anInverseTakesTheThirdPowerOfTheItems() {
        double pairs = 0;
        for (int user = 0; user < DATA.users().size(); user++) {
            pairs += Math.pow(DATA.train().count(user), 2);
        }
        assertThat(training("ease"))
                .isCloseTo((Math.pow(80, 3) + SparseRow.OPERATIONS * pairs) / 1e9, within(1e-12))
                .isGreaterThan(training("rp3beta"));
        assertThat(training("popularity")).isZero();
    }

    @Test
    void modelsThatAreNoFactorisationsAreCountedByTheirPlans() {
        double places = DATA.train().size();
        double epoch = 6 * places * 80 * 16 / 1e9;
        assertThat(training("sequence(dimension=16,epochs=3)")).isBetween(3.0, 3 + 2 * 3.01 * epoch);
        assertThat(training("sequence(dimension=16)"))
                .as("two of three epochs")
                .isEqualTo(training("sequence(dimension=16,epochs=3,stop_after=2)"))
                .isCloseTo(training("sequence(dimension=16,epochs=3)") * 2 / 3, within(1e-9));
        assertThat(training("ials(sweeps=10)")).isCloseTo(10 * training("ials(sweeps=1)"), within(1e-9));
        assertThat(training("slim(neighbours=40)")).isGreaterThan(training("slim(neighbours=20)"));
    }

    /** {@code 6 |U| |I| d} an epoch, as much again as one Gflop, and the start. */
    @Test
    void factorisationsAreCountedByTheirShapes() {
        double users = DATA.train().users() - DATA.train().emptyRows();
        double start = 20 * (120 + 80) * Math.pow(16 + 16, 2) / 1e9;
        assertThat(training("mf(dimension=16,epochs=3)"))
                .isCloseTo(3 * (1 + 6 * users * 80 * 16 / 1e9) + start, within(1e-9));
    }
}
