package org.mineral.algorithm.embedding.training;

import java.util.Arrays;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.model.FactorModel;
import org.mineral.random.Random64;

/** A run over users, each with all their items. */
record UserRun(TrainingSetup setup, EmbeddingTables tables, RunModels models, int[] order)
        implements EpochRun<FactorModel> {

    @Override
    public int[] rows(int epoch, Random64 random) {
        random.shuffle(order);
        return order;
    }

    @Override
    public void after(int step, int steps) {
        tables.after(step, steps);
    }

    @Override
    public Matrix[] weights() {
        return models.cleared(tables.weights());
    }

    @Override
    public Matrix[] zeros() {
        return Arrays.stream(tables.weights())
                .map(table -> new Matrix(table.rows(), table.columns()))
                .toArray(Matrix[]::new);
    }

    @Override
    public String[] names() {
        String[] names = new String[tables.size()];
        names[0] = "users";
        names[1] = "items";
        for (int k = 2; k < names.length; k++) {
            names[k] = "table_" + k;
        }
        return names;
    }

    @Override
    public FactorModel underway(Matrix[] weights) {
        return models.underway(weights);
    }

    @Override
    public FactorModel finished(Matrix[] weights) {
        return models.finished(weights);
    }

    @Override
    public void state(State state) {
        tables.state(state);
        state.ints("order", order);
    }
}
