package org.mineral.algorithm.knn;

import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.NonIterativeAlgorithm;
import org.mineral.algorithm.Plan;
import org.mineral.data.Dataset;
import org.mineral.model.UserNeighboursModel;
import org.mineral.model.similarity.RowSimilarity;

/**
 * Nearest users (Herlocker, Konstan, Borchers, Riedl 1999, doi 10.1145/312624.312682), for implicit feedback: see {@link UserNeighboursModel}. Nothing
 * is computed before a list is asked for.
 */
public final class UserKnn extends NonIterativeAlgorithm<RowSimilarity.Settings, UserNeighboursModel> {

    public UserKnn() {
        super(RowSimilarity.Settings.class);
    }

    @Override
    protected void check(Dataset data) {
        FitContext.refuseNothingToLearn(data);
    }

    @Override
    public String name() {
        return UserNeighboursModel.NAME;
    }

    @Override
    public String description() {
        return "what the users with the most similar histories took; no epochs, no vectors";
    }

    @Override
    public String source() {
        return "Herlocker et al. 1999, doi 10.1145/312624.312682";
    }

    @Override
    public String formula(RowSimilarity.Settings settings) {
        return "score(u, j) = sum over the nearest users v of u who took j of sim(u, v)";
    }

    @Override
    public Class<UserNeighboursModel> modelType() {
        return UserNeighboursModel.class;
    }

    @Override
    public Plan plan(Dataset data, RowSimilarity.Settings settings, FitContext context) {
        long users = data.users().size();
        long items = data.items().size();
        // The transpose, and three numbers for each user and one for each item.
        long bytes = Integer.BYTES * (data.train().size() + items) + Double.BYTES * (3 * users + items);
        return Plan.of(data, "similarities of users", bytes, "Leave some users out");
    }

    @Override
    protected UserNeighboursModel make(Dataset data, RowSimilarity.Settings settings, FitContext context) {
        context.listener().progress(1);
        return new UserNeighboursModel(
                data.users(), data.items(), data.train(), data.seen(), context.info(name(), describe(settings), data));
    }
}
