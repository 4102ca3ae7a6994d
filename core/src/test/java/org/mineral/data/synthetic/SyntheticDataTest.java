package org.mineral.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mineral.config.InputException;
import org.mineral.data.DataStatistics;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;

class SyntheticDataTest {

    private static final SyntheticData.Options SMALL =
            SyntheticData.Options.DEFAULTS.with("users", 400).with("items", 300);

    @Test
    void theSameSeedGivesTheSameDataAndAnotherSeedAnother() {
        String hash = SyntheticData.generate(SMALL).data().hash();
        assertThat(SyntheticData.generate(SMALL).data().hash()).isEqualTo(hash);
        assertThat(Datasets.read("builtin:tastes:users=400,items=300").hash()).isEqualTo(hash);
        assertThat(SyntheticData.generate(SMALL.with("seed", 2)).data().hash()).isNotEqualTo(hash);
    }

    @Test
    void theDefaultHasTheSizeAndSkewOfARealDataSet() {
        Dataset data = Datasets.read("builtin:tastes");
        DataStatistics statistics = DataStatistics.of(data);
        assertThat(statistics.users()).isEqualTo(6000);
        assertThat(statistics.items()).isEqualTo(4000);
        assertThat(statistics.perUser().mean()).isBetween(20.0, 30.0);
        assertThat(statistics.perUser().min()).isGreaterThanOrEqualTo(5);
        assertThat(statistics.gini()).isBetween(0.3, 0.8);
        assertThat(data.test().size() / (double) data.all().size()).isBetween(0.09, 0.11);
        assertThat(data.users().id(17)).isEqualTo("user-17");
    }

    @Test
    void thePlantedScoresRankTestItemsFarAbovePopularityAndPopularityAboveChance() {
        SyntheticData tastes = SyntheticData.generate(SMALL);
        Dataset data = tastes.data();
        double truth = 0;
        double popularity = 0;
        for (int u = 0; u < data.users().size(); u++) {
            truth += above(tastes.truth().scores(u), data, u);
            popularity += above(tastes.truth().logPopularity(), data, u);
        }
        truth /= data.test().size();
        popularity /= data.test().size();
        assertThat(popularity).isBetween(0.55, 0.85);
        assertThat(truth).isGreaterThan(popularity + 0.08);
    }

    /** Sum over the user's test items of the share of unseen items that score lower (the AUC). */
    private static double above(float[] scores, Dataset data, int user) {
        Interactions all = data.all();
        double sum = 0;
        for (int item : data.test().row(user)) {
            int lower = 0;
            int rivals = 0;
            for (int other = 0; other < scores.length; other++) {
                if (!all.contains(user, other)) {
                    rivals++;
                    lower += scores[other] < scores[item] ? 1 : 0;
                }
            }
            sum += lower / (double) rivals;
        }
        return sum;
    }

    @Test
    void aPeakedSoftmaxStillGivesDistinctItems() {
        SyntheticData.Options peaked =
                SMALL.with("beta", 50).with("popularity", 5).with("activity", 100);
        Dataset data = SyntheticData.generate(peaked).data();
        assertThat(data.all().size()).isGreaterThan(400 * 60);
    }

    @Test
    void unknownNamesAreRefusedWithTheNearest() {
        assertThatThrownBy(() -> Datasets.read("builtin:taste"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'builtin:tastes'");
        assertThatThrownBy(() -> Datasets.read("builtin:tastes:user=3")).hasMessageContaining("'users'");
        assertThatThrownBy(() -> Datasets.read("builtin:tastes:users")).isInstanceOf(InputException.class);
    }
}
