package org.mineral.algorithm.embedding.options;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** What is minimised beside the loss: scores, candidates, and the weights of users, items and interactions. A group of {@link TrainOptions}. */
public record ObjectiveOptions(
        @Setting(value = "auto", doc = "cosine or dot; auto: the loss's own")
        String similarity,

        @Setting(
                value = "auto",
                min = 0.001,
                max = 1000,
                tune = "0.05:0.5:log",
                doc = "t: scores are similarities divided by it")
        double temperature,

        @Setting(value = "fixed", doc = "t: as it is set, or in closed form out of the start's cosines")
        TrainOptions.TemperatureRule temperatureRule,

        @Setting(
                level = Setting.Level.EXPERT,
                value = "0",
                min = -2,
                max = 2,
                doc = "x: a user's t is t (n_u/g)^x, g the geometric mean of the n_u")
        double temperatureExponent,

        @Setting(value = "auto", doc = "all, uniform:M, popularity:M:alpha, in-batch, mixed:M; auto: the loss's own")
        String candidates,

        @Setting(value = "importance", doc = "weights of drawn candidates: importance (logQ) or none")
        TrainOptions.Correction correction,

        @Setting(value = "keep", doc = "a positive among its user's candidates: keep it, or mask it out")
        TrainOptions.Collisions collisions,

        @Setting(value = "1", min = -2, max = 2, tune = "0:1", doc = "a: a user's weight is n_u^a")
        double userWeight,

        @Setting(
                value = "0",
                min = -2,
                max = 2,
                doc = "b: a candidate's weight is n_j^b; below 0, popular items are pushed down less")
        double candidateWeight,

        @Setting(
                value = "0",
                min = 0,
                max = 10,
                doc = "p: the k-th oldest of a user's n interactions counts ((k+1/2)/n)^p; 0: all count the same")
        double recency,

        @Setting(
                value = "0",
                min = 0,
                max = 100000,
                doc =
                        "items from the top of a teacher's list that are added to a user's row; 0: no teacher, or 10 where there is one")
        int teacherItems,

        @Setting(
                value = "0.1",
                min = 0.0001,
                max = 100,
                doc = "what each of these items counts, an interaction counting 1")
        double teacherWeight) {

    public ObjectiveOptions {
        Config.check(
                ObjectiveOptions.class,
                similarity,
                temperature,
                temperatureRule,
                temperatureExponent,
                candidates,
                correction,
                collisions,
                userWeight,
                candidateWeight,
                recency,
                teacherItems,
                teacherWeight);
    }

    /** The same for users of whom neither an order nor a teacher is known, at the temperature that is set. */
    public ObjectiveOptions plain() {
        return Config.with(
                Config.with(Config.with(this, "recency", 0), "teacher_items", 0), "temperature_rule", "fixed");
    }
}
