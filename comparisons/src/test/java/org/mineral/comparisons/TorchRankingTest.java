package org.mineral.comparisons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.rank.Ranking;

class TorchRankingTest {

    @Test
    void ranksAsMineralDoes() {
        Dataset data = Datasets.read("builtin:tastes:users=300,items=200").withValidInTrain();
        FactorModel model = new EmbeddingTrainer(
                        Losses.minePlus(1.2), TrainOptions.defaults().withEpochs(2))
                .fit(data);
        int[] users = IntStream.range(0, 300).toArray();
        try (TorchRanking torch = new TorchRanking(model);
                Workers workers = new Workers(2)) {
            long[][] theirs = torch.rank(users, 10);
            var ours = model.rank(users, 10, data.train(), workers);
            int same = 0;
            for (int u = 0; u < users.length; u++) {
                Ranking ranking = ours.get(u);
                int[] their =
                        Arrays.stream(theirs[u]).mapToInt(Math::toIntExact).toArray();
                same += Arrays.equals(ranking.items(), their) ? 1 : 0;
            }
            // Sums in another order may swap two items whose scores nearly tie.
            assertThat(same).isGreaterThan(290);
        }
    }
}
