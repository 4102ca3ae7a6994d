package org.mineral.algorithm.embedding.shard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.data.Attributes;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * Shards one after the other in this process: the oracle of distributed ones. Each meeting begins from a state that was written out, in an engine of
 * its own, as if a process had been lost in between.
 */
public final class SerialShards implements Shards {

    private final List<Interactions> rows;
    private final List<float @Nullable []> counts;
    private final Workers workers;
    private final List<ShardState> states = new ArrayList<>();
    private ShardRun run;

    /** @param counts by shard; see {@link UserShard} */
    public SerialShards(ShardRun run, List<Interactions> rows, List<float @Nullable []> counts, Workers workers) {
        this.run = run;
        this.rows = rows;
        this.counts = counts;
        this.workers = workers;
    }

    /** What a training came to. */
    public record Trained(ShardTraining.Result result, List<Matrix> users) {}

    /** Without weights of interactions. */
    public static Trained train(EmbeddingSettings settings, int meetings, List<Interactions> rows, int threads) {
        return train(settings, meetings, rows, Attributes.none(rows.get(0).items()), threads);
    }

    public static Trained train(
            EmbeddingSettings settings,
            int meetings,
            List<Interactions> rows,
            List<float @Nullable []> counts,
            int threads) {
        return train(
                settings, meetings, rows, counts, Attributes.none(rows.get(0).items()), threads);
    }

    /** With attributes of the items, and without weights of interactions. */
    public static Trained train(
            EmbeddingSettings settings, int meetings, List<Interactions> rows, Attributes attributes, int threads) {
        List<float @Nullable []> none = new ArrayList<>();
        rows.forEach(shard -> none.add(null));
        return train(settings, meetings, rows, none, attributes, threads);
    }

    private static Trained train(
            EmbeddingSettings settings,
            int meetings,
            List<Interactions> rows,
            List<float @Nullable []> counts,
            Attributes attributes,
            int threads) {
        ShardRun run = ShardRun.of(settings, totals(rows, settings), meetings, attributes);
        try (Workers workers = new Workers(threads)) {
            SerialShards shards = new SerialShards(run, rows, counts, workers);
            ShardTraining.Result result = ShardTraining.train(run, attributes, shards, workers, FitListener.NONE);
            List<Matrix> users = new ArrayList<>();
            for (int p = 0; p < rows.size(); p++) {
                users.add(shards.shard(p).vectors(result.shared()));
            }
            return new Trained(result, users);
        }
    }

    public static ShardTotals totals(List<Interactions> rows, EmbeddingSettings settings) {
        int[] itemCounts = new int[rows.get(0).items()];
        for (Interactions shard : rows) {
            int[] own = shard.itemCounts();
            for (int i = 0; i < own.length; i++) {
                itemCounts[i] += own[i];
            }
        }
        return new ShardTotals(
                rows.stream()
                        .map(shard -> ShardCounts.of(shard, settings.options()))
                        .toList(),
                itemCounts);
    }

    private UserShard shard(int p) {
        return new UserShard(run, p, rows.get(p), counts.get(p), states.get(p), workers);
    }

    @Override
    public <T> List<T> ask(Question<ShardStart, T> question) {
        List<T> answers = new ArrayList<>();
        for (int p = 0; p < rows.size(); p++) {
            answers.add(question.of(new ShardStart(run, p, rows.get(p), workers)));
        }
        return answers;
    }

    @Override
    public float[] sum(Question<ShardStart, float[]> question) {
        return sum(ask(question));
    }

    private static float[] sum(List<float[]> parts) {
        float[] sum = new float[parts.get(0).length];
        for (float[] part : parts) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += part[k];
            }
        }
        return sum;
    }

    @Override
    public void begin(ShardRun begun, Question<ShardStart, ShardState> start) {
        run = begun;
        states.addAll(ask(start));
    }

    @Override
    public UserShard.Stretch meet(SharedItems items) {
        List<float[]> gradients = new ArrayList<>();
        double loss = 0;
        for (int p = 0; p < rows.size(); p++) {
            UserShard shard = shard(p);
            UserShard.Stretch stretch = shard.meet(items);
            gradients.add(stretch.gradient());
            loss += stretch.loss();
            states.set(p, shard.state());
        }
        return new UserShard.Stretch(sum(gradients), loss);
    }
}
