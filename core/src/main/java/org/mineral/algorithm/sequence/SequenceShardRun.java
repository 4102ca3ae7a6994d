package org.mineral.algorithm.sequence;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.plan.CandidateChoice;
import org.mineral.algorithm.embedding.shard.ItemAttributes;
import org.mineral.algorithm.embedding.shard.Meetings;
import org.mineral.candidate.CandidateSampler;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.data.Attributes;
import org.mineral.data.Interactions;

/**
 * What all shards of a run over sequences know alike.
 *
 * @param settings as {@link SequenceSettings#describe} has them: text, because losses and options do not serialise
 * @param cuts most places of a user in an epoch
 * @param scale of the weights of rows; see {@link Contexts}
 * @param rows places of an epoch, by shard
 * @param itemCounts by item: the number of its users in all shards
 * @param attributes whether the items have attributes that the run uses: then those that nobody took are no candidates
 */
@Internal
public record SequenceShardRun(
        Map<String, String> settings,
        int cuts,
        double scale,
        List<Integer> rows,
        int[] itemCounts,
        Meetings meetings,
        boolean attributes)
        implements Serializable {

    /** Epochs where nothing is said of them: all of them are run. */
    private static final String EPOCHS = "3";

    public SequenceShardRun {
        rows = List.copyOf(rows);
    }

    /** Numbers of a shard's users by the length of their sequence. */
    public static TreeMap<Integer, Long> lengths(Interactions pairs) {
        TreeMap<Integer, Long> lengths = new TreeMap<>();
        for (int u = 0; u < pairs.users(); u++) {
            lengths.merge(pairs.count(u), 1L, Long::sum);
        }
        return lengths;
    }

    /**
     * Refuses settings that are unknown, out of range, or not possible by shards.
     *
     * @throws InputException with the setting, its value and what is possible
     */
    public static void check(Map<String, String> given) {
        TrainOptions options = settings(given).options();
        if (options.optimization().epochs() < 1) {
            throw new InputException("epochs = 0; allowed in training by shards: 1 or more.");
        }
        if (options.optimization().stopAfter() > 0) {
            throw new InputException(
                    "stop_after = " + options.optimization().stopAfter()
                            + " does not work in training by shards: a run goes to its end. Leave it at 0, or train on one machine.");
        }
    }

    private static SequenceSettings settings(Map<String, String> given) {
        Map<String, String> settings = new LinkedHashMap<>(given);
        settings.putIfAbsent("epochs", EPOCHS);
        return SequenceSettings.of(settings);
    }

    /**
     * @param given settings
     * @param lengths of each shard's sequences
     * @param meetings an epoch; 0: by the rule of {@link Meetings#of}
     * @param items their attributes
     * @throws InputException for settings that shards cannot train with, and if nothing stands before anything
     */
    public static SequenceShardRun of(
            Map<String, String> given,
            List<TreeMap<Integer, Long>> lengths,
            int[] itemCounts,
            int meetings,
            Attributes items) {
        check(given);
        SequenceSettings settings = settings(given);
        int cuts = Contexts.cuts(settings.rows(), most -> count(lengths, most));
        List<Integer> rows = new ArrayList<>();
        lengths.forEach(shard -> rows.add(Math.toIntExact(count(List.of(shard), cuts))));
        long all = count(lengths, Integer.MAX_VALUE);
        if (all == 0) {
            throw new InputException(
                    "no user has two interactions, so that nothing comes after anything; there is nothing to learn from.");
        }
        long perShard = (count(lengths, cuts) + lengths.size() - 1) / lengths.size();
        TrainOptions options = CandidateChoice.choose(perShard, itemCounts.length, settings.loss(), settings.options());
        Meetings rule = Meetings.of(options, count(lengths, cuts));
        double total = 0;
        for (TreeMap<Integer, Long> shard : lengths) {
            for (Map.Entry<Integer, Long> each : shard.entrySet()) {
                total += each.getValue()
                        * Math.max(0, each.getKey() - 1)
                        * Math.pow(each.getKey(), options.objective().userWeight() - 1);
            }
        }
        return new SequenceShardRun(
                new SequenceSettings(settings.loss(), options, settings.rows()).describe(),
                cuts,
                all / total,
                rows,
                itemCounts,
                meetings == 0 ? rule : new Meetings(rule.epochs(), meetings),
                ItemAttributes.used(items, options));
    }

    /** Rows of an epoch, of all shards. */
    private static long count(List<TreeMap<Integer, Long>> lengths, int cuts) {
        long rows = 0;
        for (TreeMap<Integer, Long> shard : lengths) {
            for (Map.Entry<Integer, Long> each : shard.entrySet()) {
                rows += each.getValue() * Math.min(cuts, Math.max(0, each.getKey() - 1));
            }
        }
        return rows;
    }

    SequenceSettings sequence() {
        return SequenceSettings.of(settings);
    }

    /** Places of all shards between two meetings. */
    long rows(int meeting) {
        return rows.stream()
                .mapToLong(n -> meetings.last(n, meeting) - meetings.first(n, meeting))
                .sum();
    }

    int items() {
        return itemCounts.length;
    }

    /** The sampler of a shard, without items that are no candidates. */
    CandidateSampler candidates(CandidateSampler all) {
        return attributes ? all.ofTrained(itemCounts) : all;
    }
}
