package org.mineral.tune.auto;

import java.util.function.IntToDoubleFunction;

/**
 * How much of the data and of a training's epochs a point of a search takes. A training that is short beside the limit is run as it
 * would be run at last, and three times if that is short, too. A longer one runs a quarter of its epochs at least, with a schedule of
 * that length, and then a share of the users.
 *
 * @param epochs of the schedule
 * @param share of the users
 * @param repeats divisions of the data
 * @param whole whether a point is trained as the data will be, so that its best epoch is that of the last training, too
 * @param dimension of the vectors, if it is another than that of the last training; otherwise 0
 */
record Fidelity(int epochs, double share, int repeats, boolean whole, int dimension) {

    /** Of a model without epochs, which is computed as it will be at last. */
    static final Fidelity ONCE = new Fidelity(0, 1, 1, true);

    /** A point of a model of places has so many dimensions at least. */
    static final int NARROWEST = 32;

    private static final double LEAST_PART = 0.25;
    private static final int LEAST_EPOCHS = 5;

    /** A sample has so many interactions at least: items of fewer would have hardly any. */
    private static final double LEAST_INTERACTIONS = 30_000;

    /** A sample that is nearly everything is everything. */
    private static final double NEARLY_ALL = 0.7;

    Fidelity(int epochs, double share, int repeats, boolean whole) {
        this(epochs, share, repeats, whole, 0);
    }

    /**
     * Of a model whose rows are places of sequences. All users, items and epochs stay; a point that takes too long has a half, a quarter, ... of
     * the dimensions.
     *
     * @param dimension of the training
     * @param training Gflop of a training with so many dimensions
     */
    static Fidelity ofPlaces(int epochs, int dimension, double room, IntToDoubleFunction training) {
        int narrow = dimension;
        while (narrow > NARROWEST && training.applyAsDouble(narrow) > room) {
            narrow = Math.max(NARROWEST, narrow / 2);
        }
        return new Fidelity(epochs, 1, 1, narrow == dimension, narrow == dimension ? 0 : narrow);
    }

    /**
     * @param training Gflop of a training of all users for all epochs
     * @param room Gflop that a point may take
     */
    static Fidelity of(double training, int epochs, int interactions, double room) {
        if (training <= room) {
            return new Fidelity(epochs, 1, HeldOut.REPEATS * training <= room ? HeldOut.REPEATS : 1, true);
        }
        int fewer = (int) Math.ceil(epochs * Math.max(LEAST_PART, room / training));
        int run = Math.min(epochs, Math.max(LEAST_EPOCHS, fewer));
        double share = Math.max(LEAST_INTERACTIONS / interactions, room / (training * run / epochs));
        return new Fidelity(run, share > NEARLY_ALL ? 1 : share, 1, false);
    }
}
