package org.mineral.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.sequence.SequenceModel;
import org.mineral.algorithm.sequence.SequenceShardTraining;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.History;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.ModelInfo;
import org.mineral.model.VectorModel;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.rank.Ranking;

/**
 * The items on one machine, and what is computed with nothing but them. As a broadcast value there is one of it in each process, and so are its packed
 * rows, whatever the number of tasks.
 */
final class ItemTable implements Serializable {

    private static final long serialVersionUID = 2;

    final Object[] ids;
    private final float[] values;
    private final int dimension;
    private final int[] counts;
    private final double meanLog;
    private final Map<String, String> settings;
    private final float @Nullable [] context;
    private final float[] positions;
    private transient volatile @Nullable HistoryEncoder encoder;
    private transient volatile @Nullable Map<Object, Integer> numbers;

    /**
     * @param vectors I x d
     * @param counts by item: the number of its users in training
     * @param meanLog mean of log n_u over the users of the training
     * @param settings of the training
     * @param context P of a model of sequences, I x d; null for factors
     * @param positions W of a model of sequences, buckets x d; null for factors
     */
    ItemTable(
            Object[] ids,
            Matrix vectors,
            int[] counts,
            double meanLog,
            Map<String, String> settings,
            @Nullable Matrix context,
            @Nullable Matrix positions) {
        this.ids = ids;
        this.values = vectors.values();
        this.dimension = vectors.columns();
        this.counts = counts;
        this.meanLog = meanLog;
        this.settings = settings;
        this.context = context == null ? null : context.values();
        this.positions = positions == null ? new float[0] : positions.values();
    }

    int dimension() {
        return dimension;
    }

    int size() {
        return ids.length;
    }

    /** A copy of the vectors, I x d. */
    Matrix matrix() {
        return matrix(values);
    }

    private Matrix matrix(float[] from) {
        Matrix matrix = new Matrix(from.length / Matrix.pad(dimension), dimension);
        System.arraycopy(from, 0, matrix.values(), 0, from.length);
        return matrix;
    }

    /** A copy of an item's vector. */
    float[] vector(int item) {
        return model().itemVectors().row(item);
    }

    /** The number of an item, -1 if it is unknown. */
    int number(@Nullable Object id) {
        Map<Object, Integer> known = numbers;
        if (known == null) {
            synchronized (this) {
                known = numbers;
                if (known == null) {
                    known = new HashMap<>();
                    for (int i = 0; i < ids.length; i++) {
                        known.put(ids[i], i);
                    }
                    numbers = known;
                }
            }
        }
        return known.getOrDefault(id, -1);
    }

    /** The known items of a history, the last of each repetition; none for null. */
    int[] numbers(@Nullable List<?> history) {
        if (history == null) {
            return new int[0];
        }
        int[] known =
                history.stream().mapToInt(this::number).filter(i -> i >= 0).toArray();
        return known.length == 0 ? known : History.latest(known).items();
    }

    /** The vectors of histories of numbers as {@link #numbers} has them, n x d: zeros where there is none. */
    Matrix encode(List<int[]> histories, Workers workers) {
        HistoryEncoder known = encoder();
        Matrix vectors = new Matrix(histories.size(), dimension);
        workers.run(histories.size(), (row, worker) -> {
            int[] items = histories.get(row);
            if (items.length > 0) {
                vectors.setRow(row, known.vector(History.of(items)));
            }
        });
        return vectors;
    }

    /** The vector of one history of numbers, at least one. */
    byte[] vector(int[] history) {
        float[] vector = encoder().vector(History.of(history));
        return Bytes.of(vector, 0, vector.length);
    }

    /** The best n items of each vector, without those of its row of {@code exclude}. */
    List<Ranking> rank(Matrix vectors, int n, Interactions exclude, Workers workers) {
        return model().rank(vectors, Math.min(n, ids.length), exclude, workers);
    }

    /** The n items with the largest cosine to an item, by their numbers. */
    Ranking similar(int item, int n) {
        var similar = model().similarItems(String.valueOf(item), n);
        int[] items =
                similar.stream().mapToInt(one -> Integer.parseInt(one.item())).toArray();
        float[] cosines = new float[items.length];
        for (int k = 0; k < cosines.length; k++) {
            cosines[k] = (float) similar.get(k).score();
        }
        return new Ranking(items, cosines);
    }

    /** Row by row: an array of numbers, ascending. */
    Interactions exclude(List<int[]> rows) {
        return Interactions.of(
                ids.length,
                rows.stream().map(row -> Arrays.stream(row).sorted().toArray()).toArray(int[][]::new));
    }

    private VectorModel model() {
        return encoder().model();
    }

    private HistoryEncoder encoder() {
        HistoryEncoder known = encoder;
        if (known == null) {
            synchronized (this) {
                known = encoder;
                if (known == null) {
                    known = context == null ? factors() : sequences(context);
                    encoder = known;
                }
            }
        }
        return known;
    }

    private HistoryEncoder factors() {
        return FoldIn.of(
                new FactorModel(
                        new Matrix(0, dimension),
                        matrix(),
                        IdMap.numbered(0),
                        IdMap.numbered(ids.length),
                        Interactions.empty(0, ids.length),
                        ModelInfo.of(FactorModel.NAME, settings, Provenance.NONE)),
                counts,
                meanLog);
    }

    private HistoryEncoder sequences(float[] context) {
        return sequences(
                context,
                IdMap.numbered(0),
                IdMap.numbered(ids.length),
                new Sequences(Interactions.empty(0, ids.length), new int[0]),
                AttributeTables.NONE);
    }

    private SequenceModel sequences(
            float[] context, IdMap users, IdMap items, Sequences known, AttributeTables attributes) {
        return SequenceModel.of(
                new SequenceShardTraining.Result(matrix(), matrix(context), matrix(positions), attributes),
                users,
                items,
                known,
                ModelInfo.of(SequenceModel.NAME, settings, Provenance.NONE));
    }

    /** The model of one machine, which knows these users; of sequences. */
    SequenceModel sequences(IdMap users, IdMap items, Sequences known, AttributeTables attributes) {
        return sequences(Objects.requireNonNull(context), users, items, known, attributes);
    }
}
