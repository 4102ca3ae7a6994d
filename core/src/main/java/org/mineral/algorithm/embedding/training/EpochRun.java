package org.mineral.algorithm.embedding.training;

import org.mineral.config.Internal;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.model.Model;
import org.mineral.random.Random64;

/**
 * What an {@link EpochLoop} trains: rows, parameters, and the model that they make.
 *
 * @param <M> the model
 */
@Internal
public interface EpochRun<M extends Model> {

    /** The rows of an epoch, in the order in which they are taken; not to be changed until the next call. */
    int[] rows(int epoch, Random64 random);

    /** Called after each of an epoch's steps, counted from 0. */
    default void after(int step, int steps) {}

    /** Copies of the tables that a model is made of. */
    Matrix[] weights();

    /** Tables of the shapes of {@link #weights}, to restore a checkpoint into. */
    Matrix[] zeros();

    /** A name for each of these tables in a checkpoint. */
    String[] names();

    /** The model of these tables on the way, which knows the training interactions only. */
    M underway(Matrix[] weights);

    /** The model that is handed out, which knows the validation part as well; the tables are taken over. */
    M finished(Matrix[] weights);

    /** Registers all that steps change. */
    void state(State state);
}
