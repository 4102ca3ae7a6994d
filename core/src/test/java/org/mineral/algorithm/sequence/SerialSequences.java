package org.mineral.algorithm.sequence;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.shard.Parts;
import org.mineral.data.Attributes;
import org.mineral.data.Sequences;
import org.mineral.linalg.Workers;

/** Shards of sequences one after the other in this process: the oracle of distributed ones. */
public final class SerialSequences implements Parts<SequenceShard> {

    private final SequenceShardRun run;
    private final List<Sequences> shards;
    private final Workers workers;

    SerialSequences(SequenceShardRun run, List<Sequences> shards, Workers workers) {
        this.run = run;
        this.shards = shards;
        this.workers = workers;
    }

    public static SequenceShardTraining.Result train(
            Map<String, String> settings, int meetings, List<Sequences> shards, int threads) {
        return train(
                settings,
                meetings,
                shards,
                Attributes.none(shards.get(0).pairs().items()),
                threads);
    }

    public static SequenceShardTraining.Result train(
            Map<String, String> settings, int meetings, List<Sequences> shards, Attributes attributes, int threads) {
        SequenceShardRun run = run(settings, meetings, shards, attributes);
        try (Workers workers = new Workers(threads)) {
            return SequenceShardTraining.train(
                    run, attributes, new SerialSequences(run, shards, workers), workers, FitListener.NONE);
        }
    }

    static SequenceShardRun run(Map<String, String> settings, int meetings, List<Sequences> shards) {
        return run(
                settings,
                meetings,
                shards,
                Attributes.none(shards.get(0).pairs().items()));
    }

    private static SequenceShardRun run(
            Map<String, String> settings, int meetings, List<Sequences> shards, Attributes attributes) {
        int[] itemCounts = new int[shards.get(0).pairs().items()];
        for (Sequences shard : shards) {
            int[] own = shard.pairs().itemCounts();
            for (int i = 0; i < own.length; i++) {
                itemCounts[i] += own[i];
            }
        }
        return SequenceShardRun.of(
                settings,
                shards.stream()
                        .map(shard -> SequenceShardRun.lengths(shard.pairs()))
                        .toList(),
                itemCounts,
                meetings,
                attributes);
    }

    @Override
    public <T> List<T> ask(Question<SequenceShard, T> question) {
        return IntStream.range(0, shards.size())
                .mapToObj(p -> question.of(new SequenceShard(run, p, shards.get(p), workers)))
                .toList();
    }

    @Override
    public float[] sum(Question<SequenceShard, float[]> question) {
        float[] sum = null;
        for (float[] part : ask(question)) {
            if (sum == null) {
                sum = new float[part.length];
            }
            for (int k = 0; k < sum.length; k++) {
                sum[k] += part[k];
            }
        }
        return sum;
    }
}
