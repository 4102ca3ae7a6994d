package org.mineral.comparisons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;

/** Every baseline that lives in the JVM runs on generated data. What they measure there means nothing. */
class BaselinesTest {

    private static final Dataset DATA = Datasets.read("builtin:tastes:users=400,items=300");

    @TempDir
    Path scratch;

    @Test
    void openBlas() {
        assertThat(measure(new OpenBlas())).hasSize(6).allMatch(pair -> pair.theirs() > 0 && pair.ours() > 0);
    }

    @Test
    void libTorch() {
        assertThat(measure(new LibTorch())).hasSize(6).allMatch(pair -> Double.isFinite(pair.ratio()));
    }

    @Test
    void theUsualSchemeToAQuality() {
        UsualScheme.Plan plan = new UsualScheme.Plan(0.01, 0.3, 1.2, 3);
        List<Measurement> table = measure(new UsualScheme(0.15, plan));
        assertThat(table).hasSize(4).allMatch(pair -> Double.isFinite(pair.ratio()));
        assertThat(table.get(2).note()).contains("MEASURED").contains("epochs=");
        assertThat(table.get(3).note()).contains("ESTIMATED");
        Measurement fresh = table.get(0);
        double epochs = table.get(3).theirs() / fresh.theirs();
        assertThat(epochs).isBetween(1.0, 3.0).isCloseTo(Math.rint(epochs), within(1e-9));
    }

    @Test
    void theUsualSchemeThatDoesNotGetThereSaysSo() {
        List<Measurement> table = measure(new UsualScheme(1.01, new UsualScheme.Plan(0, 0.3, 1.2, 1)));
        assertThat(table).hasSize(3);
        assertThat(table.get(2).theirs()).isInfinite();
        assertThat(table.get(2).note()).contains("after 1 epochs").contains("ours does not reach it");
        assertThat(measure(new UsualScheme())).as("data nothing is known of").hasSize(2);
    }

    @Test
    void sparkAlsLearns() {
        List<Measurement> table = measure(new SparkAls());
        assertThat(table)
                .hasSize(8)
                .extracting(Measurement::measured)
                .contains("training to the end", "Recall@20", "NDCG@20");
        assertThat(table)
                .filteredOn(pair -> pair.measured().equals("Recall@20"))
                .allMatch(pair -> pair.theirs() > 2 * 20.0 / DATA.items().size());
    }

    private List<Measurement> measure(Baseline baseline) {
        List<Measurement> table = new ArrayList<>();
        baseline.measure(new Conditions(DATA, 2, 1, scratch), table::add);
        return table;
    }
}
