package org.mineral.linalg;

/**
 * Saves or restores the named values of a computation. One method registers them for both directions, so that nothing can be saved and
 * forgotten when restoring:
 *
 * <pre>{@code
 * void state(State state) {
 *     state.floats("parameters", parameters);
 *     steps = state.number("steps", steps);
 * }
 * }</pre>
 *
 * <p>Arrays keep their length: an array of variable length is allocated after a registered number that gives the length. Names are unique.
 */
public interface State {

    /** Whether values are restored: arrays are overwritten with saved ones. */
    boolean restores();

    void floats(String name, float[] values);

    void doubles(String name, double[] values);

    void ints(String name, int[] values);

    /** The value to continue with: the saved one when restoring, otherwise the given one. */
    long number(String name, long value);

    /** As {@link #number}, with exact bits. */
    default double real(String name, double value) {
        return Double.longBitsToDouble(number(name, Double.doubleToRawLongBits(value)));
    }

    /** A view whose names start with {@code prefix} and a full stop. */
    default State under(String prefix) {
        State whole = this;
        return new State() {
            @Override
            public boolean restores() {
                return whole.restores();
            }

            @Override
            public void floats(String name, float[] values) {
                whole.floats(prefix + "." + name, values);
            }

            @Override
            public void doubles(String name, double[] values) {
                whole.doubles(prefix + "." + name, values);
            }

            @Override
            public void ints(String name, int[] values) {
                whole.ints(prefix + "." + name, values);
            }

            @Override
            public long number(String name, long value) {
                return whole.number(prefix + "." + name, value);
            }
        };
    }
}
