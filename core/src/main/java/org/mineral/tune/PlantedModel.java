package org.mineral.tune;

import java.util.Arrays;
import java.util.List;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Tastes;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.Population;
import org.mineral.model.TopK;

/** The truth that generated data were drawn from, as a model: the ceiling of a comparison. */
final class PlantedModel implements Model {

    private final Dataset data;
    private final Tastes.Truth truth;
    private final Population population;

    /** @param population of the models that it is the ceiling of */
    PlantedModel(Dataset data, Tastes.Truth truth, Population population) {
        this.data = data;
        this.truth = truth;
        this.population = population;
    }

    @Override
    public String name() {
        return "planted truth";
    }

    @Override
    public IdMap users() {
        return data.users();
    }

    @Override
    public IdMap items() {
        return data.items();
    }

    @Override
    public Population population() {
        return population;
    }

    @Override
    public float[] scores(int user) {
        return truth.scores(user);
    }

    @Override
    public List<Ranking> rank(int[] users, int k, Interactions exclude, Workers workers) {
        Ranking[] rankings = new Ranking[users.length];
        workers.run(users.length, (task, worker) -> rankings[task] = best(users[task], k, exclude));
        return Arrays.asList(rankings);
    }

    private Ranking best(int user, int k, Interactions exclude) {
        float[] scores = scores(user);
        TopK best = new TopK(k);
        for (int item = 0; item < scores.length; item++) {
            if (population.hasItem(item) && !exclude.contains(user, item)) {
                best.offer(item, scores[item]);
            }
        }
        return best.ranking();
    }
}
