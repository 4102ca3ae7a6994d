package org.mineral.eval;

import java.util.List;
import java.util.function.IntPredicate;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.Population;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.ScoredItems;

/** A model that ranks some of its items only. */
final class CataloguePart implements Model {

    private final Model model;
    private final Population population;

    CataloguePart(Model model, IntPredicate part) {
        this.model = model;
        this.population = model.population().among(part);
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public ModelInfo info() {
        return model.info();
    }

    @Override
    public IdMap users() {
        return model.users();
    }

    @Override
    public IdMap items() {
        return model.items();
    }

    @Override
    public Population population() {
        return population;
    }

    @Override
    public float[] scores(int user) {
        return model.scores(user);
    }

    @Override
    public List<Ranking> rank(int[] users, int k, Interactions exclude, Workers workers) {
        return ScoredItems.ofUsers(users, k, exclude, population::hasItem, () -> model::scores, workers);
    }
}
