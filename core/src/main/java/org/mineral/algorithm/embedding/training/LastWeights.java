package org.mineral.algorithm.embedding.training;

import java.util.List;
import java.util.stream.Stream;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/**
 * The vectors as the last step left them; the encoders have them.
 *
 * @param tables further ones that a model keeps
 */
record LastWeights(Encoders encoders, List<Matrix> tables) implements WeightSelector {

    @Override
    public void after(int step, int steps) {}

    @Override
    public Matrix[] weights() {
        Matrix items = encoders.items().snapshot();
        Matrix users = encoders.users().snapshot();
        return Stream.concat(Stream.of(users, items), tables.stream().map(Matrix::copy))
                .toArray(Matrix[]::new);
    }

    @Override
    public void state(State state) {}
}
