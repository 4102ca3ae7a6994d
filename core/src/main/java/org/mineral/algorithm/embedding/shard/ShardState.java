package org.mineral.algorithm.embedding.shard;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/**
 * What a shard's users have come to after some meetings: parameters and all that the optimiser remembers. Immutable by agreement, so that any
 * attempt of a meeting may begin from it again.
 */
public final class ShardState implements Serializable {

    private static final long serialVersionUID = 1;

    private static final String PARAMETERS = "parameters";

    private final int meetings;
    private final int users;
    private final Map<String, Serializable> values;

    private ShardState(int meetings, int users, Map<String, Serializable> values) {
        this.meetings = meetings;
        this.users = users;
        this.values = values;
    }

    /** Users before the first meeting; the optimiser knows nothing yet. */
    static ShardState first(Matrix parameters) {
        return new ShardState(
                0,
                parameters.rows(),
                new HashMap<>(Map.of(PARAMETERS, parameters.values().clone())));
    }

    static ShardState of(int meetings, int users, Registered source) {
        ShardState state = new ShardState(meetings, users, new HashMap<>());
        source.register(new Save(state.values));
        return state;
    }

    /** Something with a {@code state} method. */
    interface Registered {
        void register(State state);
    }

    /** How many meetings it has seen. */
    public int meetings() {
        return meetings;
    }

    /** A copy of the parameters. */
    Matrix parameters(int dimension) {
        Matrix matrix = new Matrix(users, dimension);
        float[] from = (float[]) Objects.requireNonNull(values.get(PARAMETERS));
        System.arraycopy(from, 0, matrix.values(), 0, from.length);
        return matrix;
    }

    /** Goes on from it, in encoders that were built from its parameters. */
    void restore(Registered target) {
        if (meetings > 0) {
            target.register(new Restore(values));
        }
    }

    private record Save(Map<String, Serializable> to) implements State {

        @Override
        public boolean restores() {
            return false;
        }

        @Override
        public void floats(String name, float[] values) {
            to.put(name, values.clone());
        }

        @Override
        public void doubles(String name, double[] values) {
            to.put(name, values.clone());
        }

        @Override
        public void ints(String name, int[] values) {
            to.put(name, values.clone());
        }

        @Override
        public long number(String name, long value) {
            to.put(name, value);
            return value;
        }
    }

    private record Restore(Map<String, Serializable> from) implements State {

        @Override
        public boolean restores() {
            return true;
        }

        @Override
        public void floats(String name, float[] values) {
            copy(name, values, values.length);
        }

        @Override
        public void doubles(String name, double[] values) {
            copy(name, values, values.length);
        }

        @Override
        public void ints(String name, int[] values) {
            copy(name, values, values.length);
        }

        private void copy(String name, Object to, int length) {
            Serializable saved = from.get(name);
            if (saved == null) {
                throw new IllegalStateException("no " + name + " in the state of a shard; there are " + from.keySet());
            }
            System.arraycopy(saved, 0, to, 0, length);
        }

        @Override
        public long number(String name, long value) {
            return from.get(name) instanceof Long saved ? saved : value;
        }
    }
}
