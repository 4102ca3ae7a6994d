package org.mineral.model;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.provenance.Provenance;

/** Models for tests. */
public final class TestModels {

    public static final ModelInfo INFO = new ModelInfo(
            "mf",
            Map.of("loss", "mine+", "lambda", "1.2"),
            Provenance.of(Map.of("seed", 42, "note", "made by a test")));

    private TestModels() {}

    /** Whole numbers in [-range, range]: many ties, and every sum exact in any order. */
    public static Matrix whole(int rows, int columns, int range, Random random) {
        Matrix matrix = new Matrix(rows, columns);
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < columns; k++) {
                matrix.set(r, k, random.nextInt(2 * range + 1) - range);
            }
        }
        return matrix;
    }

    public static Matrix gaussian(int rows, int columns, Random random) {
        Matrix matrix = new Matrix(rows, columns);
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < columns; k++) {
                matrix.set(r, k, (float) random.nextGaussian());
            }
        }
        return matrix;
    }

    public static Interactions interactions(int users, int items, double density, Random random) {
        int[][] rows = new int[users][];
        for (int u = 0; u < users; u++) {
            rows[u] = random.ints(0, items)
                    .limit((long) Math.ceil(density * items))
                    .toArray();
        }
        return Interactions.of(items, rows);
    }

    /** A model whose ids are its indices. */
    public static FactorModel model(Matrix users, Matrix items, Interactions seen) {
        return model(users, items, seen, INFO);
    }

    /** A model whose ids are its indices, with these settings and no provenance. */
    public static FactorModel model(Matrix users, Matrix items, Interactions seen, Map<String, String> config) {
        return model(users, items, seen, new ModelInfo("mf", config, Provenance.NONE));
    }

    /** A model whose ids are its indices. */
    public static FactorModel model(Matrix users, Matrix items, Interactions seen, ModelInfo info) {
        return new FactorModel(users, items, IdMap.numbered(users.rows()), IdMap.numbered(items.rows()), seen, info);
    }

    /** Three users and four items with awkward ids and known recommendations; also the committed model. */
    public static FactorModel tiny() {
        Matrix users = new Matrix(3, 2);
        users.setRow(0, new float[] {1, 0});
        users.setRow(1, new float[] {0, 1});
        users.setRow(2, new float[] {0.5f, -0.25f});
        Matrix items = new Matrix(4, 2);
        items.setRow(0, new float[] {0.75f, 0.5f});
        items.setRow(1, new float[] {0.25f, 2});
        items.setRow(2, new float[] {0.75f, -1});
        items.setRow(3, new float[] {-1, 1});
        return new FactorModel(
                users,
                items,
                IdMap.of(List.of("alice", "Bj\u00f6rn\tO\\K", "")),
                IdMap.of(List.of("tea", "line\nfeed", "\uD83C\uDF75", "cr\rend")),
                Interactions.of(4, new int[] {1}, new int[] {0, 3}, new int[] {2}),
                INFO);
    }
}
