package org.mineral.algorithm.popularity;

import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.NonIterativeAlgorithm;
import org.mineral.algorithm.Plan;
import org.mineral.data.Dataset;
import org.mineral.model.PopularityModel;

/** Ranks items by their number of training users, the same for all users. The lower reference of comparisons. */
public final class Popularity extends NonIterativeAlgorithm<Popularity.Settings, PopularityModel> {

    /** No settings. */
    public record Settings() {}

    public Popularity() {
        super(Settings.class);
    }

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
    public Class<PopularityModel> modelType() {
        return PopularityModel.class;
    }

    @Override
    public Plan plan(Dataset data, Settings settings, FitContext context) {
        long bytes = 16L * data.items().size();
        return Plan.of(data, "counted", bytes, "Give data of fewer items");
    }

    @Override
    protected PopularityModel make(Dataset data, Settings settings, FitContext context) {
        return new PopularityModel(
                data.users(),
                data.items(),
                data.train(),
                data.seen(),
                context.info(PopularityModel.NAME, describe(settings), data));
    }
}
