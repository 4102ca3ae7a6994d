package org.mineral.comparisons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.loss.Losses;
import org.mineral.tune.preset.AutoPreset;

/** Mineral's side of a comparison is what a user gets. */
class MineralTest {

    private static final Dataset DATA = Datasets.read("builtin:tastes:users=400,items=300");

    @TempDir
    Path scratch;

    @Test
    void theFullRunIsThatOfAuto() {
        Conditions conditions = new Conditions(DATA, 2, 1, scratch);
        var said = new AutoPreset().settings("mine+", conditions.data().train());
        TrainOptions options = TrainOptions.defaults()
                .with("temperature", said.get("temperature"))
                .with("item_bias", said.get("item_bias"))
                .with("history", said.get("history"))
                .with("learning_rate", said.get("learning_rate"))
                .with("epochs", said.get("epochs"));
        var expected =
                conditions.evaluate(new EmbeddingTrainer(Losses.minePlus(1.25, 0.15), options).fit(conditions.data()));
        Mineral.Trained full = conditions.mineral().full();
        assertThat(full.recall()).isEqualTo(expected.metric("Recall@20"));
        assertThat(full.command()).isEqualTo("train " + DATA.name());
    }

    @Test
    void findsTheFewestEpochsThatRankAsWell() {
        Mineral ours = new Conditions(DATA, 2, 1, scratch).mineral();
        assertThat(ours.brief(3).command())
                .startsWith("train " + DATA.name() + " --set epochs=3 --set history=2 --set item_bias=true");
        assertThat(ours.reaching(0)).contains(ours.brief(1));
        double best = Mineral.EPOCHS.stream()
                .mapToDouble(n -> ours.brief(n).recall())
                .max()
                .orElseThrow();
        int fewest = Mineral.EPOCHS.stream()
                .filter(n -> ours.brief(n).recall() == best)
                .findFirst()
                .orElseThrow();
        assertThat(ours.reaching(best)).contains(ours.brief(fewest));
        assertThat(ours.reaching(Math.nextUp(best))).isEmpty();
    }
}
