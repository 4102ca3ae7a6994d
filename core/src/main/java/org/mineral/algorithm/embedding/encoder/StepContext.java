package org.mineral.algorithm.embedding.encoder;

import java.util.ArrayList;
import java.util.List;
import org.mineral.data.Interactions;

/** A step as encoders see it: its rows, its rate and its seed. Reused from step to step. */
public final class StepContext {

    /** No step: rows are encoded with nothing left to chance. */
    public static final StepContext NONE = new StepContext();

    private final List<UserBlock> blocks = new ArrayList<>();
    private int[] rows = {};
    private double rate;
    private long seed;
    private boolean training;

    private StepContext() {}

    /** @param block the step's rows with their positives; encoders that want the same matrix share it */
    public StepContext(UserBlock block) {
        blocks.add(block);
    }

    /** A step of the one row 0, for a vector that is solved for by itself. */
    public static StepContext ofRate(double rate) {
        StepContext step = new StepContext();
        step.begin(new int[] {0}, rate, 0);
        return step;
    }

    public void begin(int[] stepRows, double stepRate, long stepSeed) {
        rows = stepRows;
        rate = stepRate;
        seed = stepSeed;
        training = true;
        blocks.forEach(block -> block.fill(stepRows));
    }

    int[] rows() {
        return rows;
    }

    /** Learning rate. */
    double rate() {
        return rate;
    }

    public long seed() {
        return seed;
    }

    /** Whether it is a step at all, in which things may be left out at random. */
    boolean training() {
        return training;
    }

    /** The step's rows in this matrix. To be asked for in {@link Encoder#prepare} first: later on by several threads at once. */
    UserBlock entries(Interactions matrix) {
        for (UserBlock block : blocks) {
            if (block.of(matrix)) {
                return block;
            }
        }
        UserBlock block = new UserBlock(matrix, null);
        block.fill(rows);
        blocks.add(block);
        return block;
    }
}
