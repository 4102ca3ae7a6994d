package org.mineral;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Updatable;
import org.mineral.data.Dataset;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.recipe.TrainingRecipe;
import org.mineral.recommend.Catalogue;
import org.mineral.recommend.Explanation;
import org.mineral.recommend.Feedback;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Neighbours;
import org.mineral.recommend.Query;
import org.mineral.recommend.RankedItems;
import org.mineral.recommend.Recommendations;

/**
 * A recommender: trained or loaded, asked for lists, updated, saved.
 *
 * <pre>{@code
 * Recommender recommender = Recommender.train("interactions.csv");
 * recommender.recommend("alice", 10).items().forEach(System.out::println);
 * recommender.recommend(List.of("item-7", "item-9"), Query.of(10).exclude(soldOut));
 * recommender.save(Path.of("model"));
 * }</pre>
 *
 * <p>It trains with the defaults of the command line, to the same bits: {@code Recommender.train("interactions.csv")} is {@code mineral
 * train interactions.csv}. Another algorithm, other settings, a validation part: a {@link TrainingRecipe}.
 *
 * <p>A list is never empty because a user is unknown: they get what most users took, and {@link RankedItems#source} says so. Ids are as
 * in the data. Immutable and thread-safe; a list is made on the thread that asks.
 */
public final class Recommender {

    private final LoadedModel loaded;
    private final Recommendations recommendations = new Recommendations(Feedback.NONE);

    private Recommender(LoadedModel loaded) {
        this.loaded = loaded;
    }

    /** One of a model that is there. */
    public static Recommender of(Model model) {
        return new Recommender(LoadedModel.of(model, Catalogue.of(model)));
    }

    /**
     * Trains on data from a file, a directory or {@code builtin:tastes}, with the defaults.
     *
     * @throws org.mineral.config.InputException if the data cannot be read, or do not fit into memory
     */
    public static Recommender train(String pathOrBuiltin) {
        return of(new TrainingRecipe().train(pathOrBuiltin).model());
    }

    /** The same with a path. */
    public static Recommender train(Path path) {
        return train(path.toString());
    }

    /** Trains on the training part of some data, with the defaults; if there is a validation part, training stops early on it. */
    public static Recommender train(Dataset data) {
        return train(data, new TrainingRecipe());
    }

    /**
     * Trains.
     *
     * @throws org.mineral.config.InputException if the recipe contradicts itself, or the data lack what it needs
     */
    public static Recommender train(Dataset data, TrainingRecipe recipe) {
        return of(recipe.train(data).model());
    }

    /**
     * Loads a model that {@link #save}, {@code mineral train} or another version wrote.
     *
     * @throws org.mineral.config.InputException if the directory holds no model in good order
     */
    public static Recommender load(Path directory) {
        return of(Models.load(directory));
    }

    /**
     * The same recommender with titles and attributes of its items, for {@link Query#filter}: a table such as {@code
     * item,title,genres}.
     *
     * @throws org.mineral.config.InputException if the table is not in good order, or knows none of the items
     */
    public Recommender withItems(Path table) {
        try {
            Catalogue catalogue = Catalogue.of(loaded.model(), table, note -> {});
            return new Recommender(LoadedModel.of(loaded.model(), catalogue));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model, for evaluation, export and whatever else models can do. */
    public Model model() {
        return loaded.model();
    }

    /** The best n items that a user is not known to have taken; what most users took if nothing is known of them. */
    public RankedItems recommend(String user, int n) {
        return recommend(user, Query.of(n));
    }

    /** The best items that a query allows; what most users took if nothing is known of the user. */
    public RankedItems recommend(String user, Query query) {
        return recommendations.user(loaded, user, query);
    }

    /**
     * The best n items for somebody with these items, whether they were in training or not.
     *
     * @param history ids, oldest first; of one that comes again, the last counts; unknown ones are left out and reported
     * @throws org.mineral.config.InputException if the model cannot score histories
     */
    public RankedItems recommend(List<String> history, int n) {
        return recommend(history, Query.of(n));
    }

    /** The same among the items that a query allows. */
    public RankedItems recommend(List<String> history, Query query) {
        return recommend(Recommendations.weights(history), query);
    }

    /** The same with a weight above 0 for each item, oldest first: one of weight 2 counts as if it had been taken twice. */
    public RankedItems recommend(Map<String, Double> history, Query query) {
        return recommendations.history(loaded, history, query);
    }

    /** Lists of many users, made by all processors; each is what {@link #recommend(String, Query)} gives. */
    public List<RankedItems> recommendAll(List<String> users, Query query) {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            return recommendations.users(loaded, users, query, workers);
        }
    }

    /**
     * The n items that are most like an item, the nearest first.
     *
     * @throws org.mineral.config.InputException if the item is unknown, or the model has no similar items
     */
    public List<RankedItems.Entry> similar(String item, int n) {
        return similar(item, Query.of(n)).entries();
    }

    /** The same among the items that a query allows. */
    public Neighbours.Near similar(String item, Query query) {
        return Neighbours.items(loaded, item, query);
    }

    /**
     * Which of a user's items account for the score of an item.
     *
     * @param n how many contributions are listed, the largest first
     * @throws org.mineral.config.InputException if the item is unknown
     */
    public Explanation explain(String user, String item, int n) {
        return recommendations.explainUser(loaded, user, item, n);
    }

    /** The same for somebody with these items. */
    public Explanation explain(List<String> history, String item, int n) {
        return recommendations.explainHistory(loaded, Recommendations.weights(history), item, n);
    }

    /**
     * With new interactions, users and items taken in, in a fraction of the time of a training; this recommender stays as it is. Titles
     * and attributes of items are to be given again.
     *
     * @throws org.mineral.config.InputException if models of this kind cannot be updated
     */
    public Recommender update(Dataset news) {
        return update(news, Map.of());
    }

    /**
     * The same with settings of the update by their names, such as {@code epochs}.
     *
     * @throws org.mineral.config.InputException if a setting is unknown or out of range, or models of this kind cannot be updated
     */
    public Recommender update(Dataset news, Map<String, String> settings) {
        int threads = Runtime.getRuntime().availableProcessors();
        return of(model().require(Updatable.class)
                .update(news, settings, threads, FitListener.NONE)
                .model());
    }

    /** Writes the model to a directory; an older model there is replaced at the end. */
    public void save(Path directory) {
        model().save(directory);
    }
}
