package org.mineral.algorithm.embedding;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.PopularityModel;
import org.mineral.model.Population;
import org.mineral.model.rank.Ranking;

/** Small data with a known truth, shared by the tests of training. */
public final class PlantedFactors {

    public static final SyntheticData TASTES = SyntheticData.generate(SyntheticData.Options.DEFAULTS
            .with("users", 500)
            .with("items", 300)
            .with("tastes", 8)
            .with("activity", 25));
    public static final Dataset DATA = TASTES.data();

    /** The same without a validation part, so that every epoch is run and the last one's weights stay. */
    public static final Dataset NO_VALID = Dataset.of(
            "planted",
            DATA.users(),
            DATA.items(),
            DATA.train(),
            Interactions.empty(DATA.users().size(), DATA.items().size()),
            DATA.test());

    public static final TrainOptions OPTIONS =
            TrainOptions.defaults().with("dimension", 16).with("block_size", 60).withEpochs(8);

    private PlantedFactors() {}

    public static FactorModel train(String loss, TrainOptions options) {
        return new EmbeddingTrainer(Losses.of(loss), options).fit(NO_VALID);
    }

    /** NDCG@20 on the test part, without what was in training or validation. */
    public static double ndcg(Model model) {
        try (Workers workers = new Workers(2)) {
            return Evaluator.at(20)
                    .evaluate(model, DATA.test(), DATA.seen(), null, workers)
                    .metric("NDCG@20");
        }
    }

    public static double popularity() {
        return ndcg(new PopularityModel(DATA.users(), DATA.items(), DATA.train()));
    }

    public static double truth() {
        return ndcg(new TrueModel(TASTES));
    }

    public static boolean finite(FactorModel model) {
        return finite(model.userFactors().values())
                && finite(model.itemFactors().values());
    }

    private static boolean finite(float[] values) {
        return IntStream.range(0, values.length).allMatch(k -> Float.isFinite(values[k]));
    }

    /** Ranks by what the data was drawn from. */
    private record TrueModel(SyntheticData tastes) implements Model {

        @Override
        public String name() {
            return "truth";
        }

        @Override
        public IdMap users() {
            return tastes.data().users();
        }

        @Override
        public IdMap items() {
            return tastes.data().items();
        }

        @Override
        public Population population() {
            return Population.of(tastes.data().train());
        }

        @Override
        public float[] scores(int user) {
            return tastes.truth().scores(user);
        }

        @Override
        public List<Ranking> rank(int[] users, int k, Interactions exclude, Workers workers) {
            return Arrays.stream(users)
                    .mapToObj(u -> {
                        float[] scores = scores(u);
                        int[] items = IntStream.range(0, scores.length)
                                .filter(i -> !exclude.contains(u, i))
                                .boxed()
                                .sorted((a, b) -> Float.compare(scores[b], scores[a]))
                                .limit(k)
                                .mapToInt(i -> i)
                                .toArray();
                        return new Ranking(items, new float[items.length]);
                    })
                    .toList();
        }
    }
}
