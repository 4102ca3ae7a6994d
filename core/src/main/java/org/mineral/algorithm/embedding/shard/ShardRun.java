package org.mineral.algorithm.embedding.shard;

import java.io.Serializable;
import java.util.Map;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.plan.CandidateChoice;
import org.mineral.algorithm.embedding.target.TemperatureRule;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;

/**
 * What all shards of a run know alike.
 *
 * @param settings as {@link EmbeddingSettings#describe} has them: text, because losses and options do not serialise
 * @param attributes whether the items have attributes that the run uses: then those that nobody took are no candidates
 */
public record ShardRun(Map<String, String> settings, ShardTotals totals, Meetings meetings, boolean attributes)
        implements Serializable {

    /** As below, without attributes. */
    public static ShardRun of(EmbeddingSettings given, ShardTotals totals, int meetings) {
        return of(given, totals, meetings, Attributes.none(totals.items()));
    }

    /**
     * @param given settings, {@code auto} ones still open
     * @param meetings an epoch; 0: by the rule of {@link Meetings#of}
     * @param items their attributes
     * @throws InputException for settings that shards cannot train with
     */
    public static ShardRun of(EmbeddingSettings given, ShardTotals totals, int meetings, Attributes items) {
        check(given);
        long rows = (totals.users() + totals.shards().size() - 1)
                / Math.max(1, totals.shards().size());
        TrainOptions options = CandidateChoice.choose(rows, totals.items(), given.loss(), given.options());
        Meetings rule = Meetings.of(options, totals.users());
        return new ShardRun(
                new EmbeddingSettings(given.loss(), options).describe(),
                totals,
                meetings == 0 ? rule : new Meetings(rule.epochs(), meetings),
                ItemAttributes.used(items, options));
    }

    /**
     * Refuses what needs more than a shard's users and the items' vectors.
     *
     * @throws InputException with the setting, its value and what is possible
     */
    public static void check(EmbeddingSettings settings) {
        TrainOptions options = settings.options();
        TrainOptions defaults = TrainOptions.defaults();
        Map<String, String> found = Config.toMap(options);
        Map<String, String> allowed = Config.toMap(defaults);
        Map<String, String> refused = Map.of(
                "layers", "embeddings would have to travel between shards",
                "edge_dropout", "it belongs to layers",
                "averaging", "averages of users are not kept",
                "recency", "no times are read",
                "teacher_items", "there is no teacher",
                "history_exponent", "only its default is implemented here",
                "stop_after", "a run goes to its end");
        for (Map.Entry<String, String> each : refused.entrySet()) {
            String name = each.getKey();
            if (!String.valueOf(found.get(name)).equals(allowed.get(name))) {
                throw new InputException(name + " = " + found.get(name) + " does not work in training by shards: "
                        + each.getValue() + ". Leave it at " + allowed.get(name) + ", or train on one machine.");
            }
        }
        if (options.optimization().epochs() < 1) {
            throw new InputException("epochs = 0; allowed in training by shards: 1 or more.");
        }
        TemperatureRule.check(options);
    }

    EmbeddingSettings embedding() {
        return EmbeddingSettings.of(settings);
    }

    public TrainOptions options() {
        return embedding().options();
    }

    public Objective objective() {
        return Objective.of(embedding().loss(), options());
    }

    /** The same at the temperature that was read from the start. */
    ShardRun with(TrainOptions options) {
        return new ShardRun(
                new EmbeddingSettings(embedding().loss(), options).describe(), totals, meetings, attributes);
    }
}
