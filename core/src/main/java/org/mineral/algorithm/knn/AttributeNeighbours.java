package org.mineral.algorithm.knn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.mineral.algorithm.ItemWeightRows;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.SparseRow;
import org.mineral.model.AttributeScorer;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.Model;
import org.mineral.model.attributes.MoreRows;
import org.mineral.model.similarity.ItemWeights;
import org.mineral.model.similarity.RowSimilarity;

/**
 * New items among the nearest of others by their attributes. Their similarities are computed as in training, with the new items among the rows that
 * the weights of attributes come from; those of other pairs stay as they were. A new item takes the place of the weakest neighbour where it is nearer.
 */
final class AttributeNeighbours implements AttributeScorer {

    private final ItemSimilarityModel model;
    private final RowSimilarity.Settings settings;
    private final BiFunction<Interactions, SparseMatrix, SparseMatrix> rows;

    /** @param rows the matrix whose rows are compared, from the training interactions, users x items, and the attributes of the items */
    AttributeNeighbours(
            ItemSimilarityModel model,
            RowSimilarity.Settings settings,
            BiFunction<Interactions, SparseMatrix, SparseMatrix> rows) {
        this.model = model;
        this.settings = settings;
        this.rows = rows;
    }

    /** Similarities of new rows to all others, both ways. */
    private final class Similarities {

        private final SparseMatrix matrix;
        private final SparseMatrix columns;
        private final RowSimilarity similarity;
        private final SparseRow sums;

        Similarities(MoreRows all) {
            Interactions trained =
                    model.trained().widened(model.users().size(), all.ids().size());
            this.matrix = rows.apply(trained, all.x());
            this.columns = matrix.transpose();
            this.similarity = new RowSimilarity(matrix, settings);
            this.sums = new SparseRow(matrix.rows());
        }

        /** Sets the sums of the entries that others have in common with a row; returns the others. */
        int[] others(int row) {
            sums.clear();
            double[] weights = similarity.columnWeights();
            Interactions entries = matrix.entries();
            for (int k = entries.begin(row); k < entries.end(row); k++) {
                int column = entries.columns()[k];
                sums.add(weights[column] * matrix.values()[k], columns, column);
            }
            int[] others = new int[sums.size()];
            int n = 0;
            for (int k = 0; k < others.length; k++) {
                int other = sums.column(k);
                if (other != row && sums.sum(other) > 0) {
                    others[n++] = other;
                }
            }
            return Arrays.copyOf(others, n);
        }

        /** After {@link #others} of one of the two. */
        float of(int asks, int other, int row) {
            return (float) similarity.of(asks, other, sums.sum(row == asks ? other : asks));
        }
    }

    /** The weights of one item, in any order. */
    private static final class Row {

        private int[] items;
        private float[] values;
        private int size;

        Row(int capacity) {
            items = new int[capacity];
            values = new float[capacity];
        }

        void add(int item, float value) {
            if (size == items.length) {
                items = Arrays.copyOf(items, 2 * size + 4);
                values = Arrays.copyOf(values, 2 * size + 4);
            }
            items[size] = item;
            values[size++] = value;
        }

        ItemWeightRows.Entries ascending() {
            long[] order = new long[size];
            for (int k = 0; k < size; k++) {
                order[k] = (long) items[k] << 32 | k;
            }
            Arrays.sort(order);
            int[] columns = new int[size];
            float[] sorted = new float[size];
            for (int k = 0; k < size; k++) {
                columns[k] = (int) (order[k] >> 32);
                sorted[k] = values[(int) order[k]];
            }
            return new ItemWeightRows.Entries(columns, sorted);
        }
    }

    private static InputException none() {
        return new InputException("a model of nearest items knows no attributes of users; give attributes of items.");
    }

    @Override
    public float[] scoresOfUser(SparseMatrix user) {
        throw none();
    }

    @Override
    public Model withUsers(List<String> ids, SparseMatrix added) {
        throw none();
    }

    @Override
    public float[] scoresOfItem(SparseMatrix item) {
        int n = model.items().size();
        int[] stacked = new int[n + 1];
        Arrays.setAll(stacked, row -> row);
        SparseMatrix x = model.itemAttributes().x().above(item);
        Similarities similarities = new Similarities(new MoreRows(IdMap.numbered(n + 1), x, stacked));
        float[] scores = new float[n];
        for (int other : similarities.others(n)) {
            scores[other] = similarities.of(n, other, n);
        }
        return scores;
    }

    @Override
    public Model withItems(List<String> ids, SparseMatrix added) {
        int[] counts = model.trained().itemCounts();
        MoreRows all = MoreRows.of(model.items(), model.itemAttributes(), ids, added, item -> counts[item] == 0);
        List<Row> weights = old(all);
        Similarities similarities = new Similarities(all);
        for (int item = 0; item < all.from().length; item++) {
            if (all.from()[item] >= 0) {
                for (int other : similarities.others(item)) {
                    weights.get(item).add(other, similarities.of(item, other, item));
                    if (all.from()[other] < 0) {
                        weights.get(other).add(item, similarities.of(other, item, item));
                    }
                }
            }
        }
        int users = model.users().size();
        int items = all.ids().size();
        return new ItemSimilarityModel(
                        ItemWeightRows.largest(
                                weights.stream().map(Row::ascending).toList(), settings.neighbours()),
                        model.users(),
                        all.ids(),
                        model.trained().widened(users, items),
                        model.known().widened(users, items),
                        model.info())
                .withAttributes(model.itemAttributes().withRows(all.x()));
    }

    /** The model's weights of pairs that stay as they are. */
    private List<Row> old(MoreRows all) {
        ItemWeights before = model.weights();
        List<Row> weights = new ArrayList<>();
        for (int item = 0; item < all.from().length; item++) {
            boolean stays = item < before.items() && all.from()[item] < 0;
            Row row = new Row(stays ? before.offsets()[item + 1] - before.offsets()[item] : 0);
            for (int k = stays ? before.offsets()[item] : 0; stays && k < before.offsets()[item + 1]; k++) {
                if (all.from()[before.columns()[k]] < 0) {
                    row.add(before.columns()[k], before.values()[k]);
                }
            }
            weights.add(row);
        }
        return weights;
    }
}
