package org.example;

import java.util.List;
import java.util.Map;
import org.mineral.algorithm.Algorithm;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ItemWeightRows;
import org.mineral.algorithm.Plan;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.similarity.ItemWeights;

/** B_ij = the number of users who took both i and j, to a power. */
public final class CoOccurrence implements Algorithm<CoOccurrence.Settings> {

    public record Settings(
            @Setting(value = "0.5", min = 0, max = 4, tune = "0.1:2", doc = "power of the count")
            double power) {

        public Settings {
            Config.check(Settings.class, power);
        }
    }

    @Override
    public String name() {
        return "co-occurrence";
    }

    @Override
    public String description() {
        return "items that the same users took";
    }

    @Override
    public String source() {
        return "docs/how-to/add-an-algorithm.md";
    }

    @Override
    public Settings settings(Map<String, String> given) {
        return Config.read(Settings.class, given);
    }

    @Override
    public Map<String, String> describe(Settings settings) {
        return Config.toMap(settings);
    }

    @Override
    public List<Config.Description> parameters(Map<String, String> chosen) {
        return Config.describe(Settings.class);
    }

    @Override
    public Class<ItemSimilarityModel> modelType() {
        return ItemSimilarityModel.class;
    }

    @Override
    public Plan plan(Dataset data, Settings settings, FitContext context) {
        long bytes = ItemWeightRows.bytes(data.items().size(), 0, context.threads());
        return Plan.of(data, "counted pairs", bytes, "Leave rare items out");
    }

    @Override
    public Fit<ItemSimilarityModel> fit(Dataset data, Settings settings, FitContext context) {
        context.refuseTeacher(name());
        FitContext.refuseNothingToLearn(data);
        long started = System.nanoTime();
        Plan plan = plan(data, settings, context);
        context.listener().plan(plan);
        Interactions train = data.train();
        Interactions takers = train.transpose();
        ItemWeights weights;
        try (Workers workers = new Workers(context.threads())) {
            weights = ItemWeightRows.of(train.items(), 0, workers, (i, row) -> {
                for (int user : takers.row(i)) {
                    for (int j : train.row(user)) {
                        row[j]++;
                    }
                }
                for (int j = 0; j < row.length; j++) {
                    row[j] = row[j] == 0 ? 0 : Math.pow(row[j], settings.power());
                }
            });
        }
        ItemSimilarityModel model = new ItemSimilarityModel(
                weights,
                data.users(),
                data.items(),
                train,
                data.seen(),
                context.info(name(), describe(settings), data));
        return Fit.of(model, (System.nanoTime() - started) / 1e9, plan);
    }
}
