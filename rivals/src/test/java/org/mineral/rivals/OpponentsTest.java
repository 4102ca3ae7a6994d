package org.mineral.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;

/** Every opponent that lives in the JVM runs on generated data. What they measure there means nothing. */
class OpponentsTest {

    private static final Dataset DATA = Datasets.read("builtin:tastes:users=400,items=300");

    @TempDir
    Path scratch;

    @Test
    void openBlas() {
        assertThat(meet(new OpenBlas())).hasSize(6).allMatch(pair -> pair.theirs() > 0 && pair.ours() > 0);
    }

    @Test
    void libTorch() {
        assertThat(meet(new LibTorch())).hasSize(6).allMatch(pair -> Double.isFinite(pair.ratio()));
    }

    @Test
    void theUsualSchemeToAQuality() {
        UsualScheme.Plan plan = new UsualScheme.Plan(0.01, 0.3, 1.2, 3);
        List<Pair> table = meet(new UsualScheme(0.15, plan));
        assertThat(table).hasSize(4).allMatch(pair -> Double.isFinite(pair.ratio()));
        assertThat(table.get(2).note()).contains("MEASURED").contains("epochs=");
        assertThat(table.get(3).note()).contains("ESTIMATED");
        Pair fresh = table.get(0);
        double epochs = table.get(3).theirs() / fresh.theirs();
        assertThat(epochs).isBetween(1.0, 3.0).isCloseTo(Math.rint(epochs), within(1e-9));
    }

    @Test
    void theUsualSchemeThatDoesNotGetThereSaysSo() {
        List<Pair> table = meet(new UsualScheme(1.01, new UsualScheme.Plan(0, 0.3, 1.2, 1)));
        assertThat(table).hasSize(3);
        assertThat(table.get(2).theirs()).isInfinite();
        assertThat(table.get(2).note()).contains("after 1 epochs").contains("ours does not reach it");
        assertThat(meet(new UsualScheme())).as("data nothing is known of").hasSize(2);
    }

    @Test
    void sparkAlsLearns() {
        List<Pair> table = meet(new SparkAls());
        assertThat(table).hasSize(8).extracting(Pair::measured).contains("training to the end", "Recall@20", "NDCG@20");
        assertThat(table)
                .filteredOn(pair -> pair.measured().equals("Recall@20"))
                .allMatch(pair -> pair.theirs() > 2 * 20.0 / DATA.items().size());
    }

    private List<Pair> meet(Contest.Opponent opponent) {
        List<Pair> table = new ArrayList<>();
        opponent.meet(new Contest(DATA, 2, 1, scratch), table::add);
        return table;
    }
}
