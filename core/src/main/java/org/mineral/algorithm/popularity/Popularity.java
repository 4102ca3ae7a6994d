package org.mineral.algorithm.popularity;

import java.util.List;
import java.util.Map;
import org.mineral.algorithm.Algorithm;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.Plan;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.model.PopularityModel;

/** Everybody gets what most users took: an item's score is its number of training users. The floor of comparisons. */
public final class Popularity implements Algorithm<Popularity.Settings> {

    /** There is nothing to set. */
    public record Settings() {}

    @Override
    public String name() {
        return PopularityModel.NAME;
    }

    @Override
    public String description() {
        return "the items that most users took, the same for everybody";
    }

    @Override
    public String source() {
        return "number of training users";
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
    public Class<PopularityModel> modelType() {
        return PopularityModel.class;
    }

    @Override
    public Plan plan(Dataset data, Settings settings, FitContext context) {
        long bytes = 16L * data.items().size();
        return Plan.of(data, "counted", bytes, "Give data of fewer items");
    }

    @Override
    public Fit<PopularityModel> fit(Dataset data, Settings settings, FitContext context) {
        context.refuseTeacher(name());
        long started = System.nanoTime();
        Plan plan = plan(data, settings, context);
        context.listener().plan(plan);
        PopularityModel model = new PopularityModel(
                data.users(),
                data.items(),
                data.train(),
                data.seen(),
                context.info(PopularityModel.NAME, describe(settings), data));
        return Fit.of(model, (System.nanoTime() - started) / 1e9, plan);
    }
}
