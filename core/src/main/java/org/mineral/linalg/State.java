package org.mineral.linalg;

/**
 * Named values of work that is under way, being written down or being put back. Whoever has such values names them in one
 * method that serves both directions, so that nothing can be written and forgotten when it is read:
 *
 * <pre>{@code
 * void state(State state) {
 *     state.floats("parameters", parameters);
 *     steps = state.number("steps", steps);
 * }
 * }</pre>
 *
 * <p>Arrays keep their length: one whose length varies is allocated after a number that tells it. Names are used once.
 */
public interface State {

    /** Whether values are put back: arrays are overwritten with what was written down. */
    boolean restores();

    void floats(String name, float[] values);

    void doubles(String name, double[] values);

    void ints(String name, int[] values);

    /** The value to go on with: what was written down when that is put back, otherwise the value given. */
    long number(String name, long value);

    /** As {@link #number}, to the bit. */
    default double real(String name, double value) {
        return Double.longBitsToDouble(number(name, Double.doubleToRawLongBits(value)));
    }

    /** The same, its names beginning with {@code prefix} and a full stop. */
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
