package org.mineral.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.data.Dataset;

/** Every opponent that lives in the JVM runs on generated data. What they measure there means nothing. */
class OpponentsTest {

    private static final Dataset DATA = Dataset.read("builtin:tastes:users=400,items=300");

    @TempDir
    Path scratch;

    @Test
    void openBlas() {
        assertThat(meet(new OpenBlas())).hasSize(6).allMatch(pair -> pair.theirs() > 0 && pair.ours() > 0);
    }

    @Test
    void libTorch() {
        assertThat(meet(new LibTorch())).hasSize(8).allMatch(pair -> Double.isFinite(pair.ratio()));
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
