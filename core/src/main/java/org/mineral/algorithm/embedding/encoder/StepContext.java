package org.mineral.algorithm.embedding.encoder;

import java.util.ArrayList;
import java.util.List;
import org.mineral.data.Interactions;

/** The step as seen by encoders: rows, learning rate and seed. Reused from step to step. */
public final class StepContext {

    /** Outside of a step: rows are encoded without dropout. */
    public static final StepContext NONE = new StepContext();

    private final List<UserBlock> blocks = new ArrayList<>();
    private int[] rows = {};
    private double rate;
    private long seed;
    private boolean training;

    private StepContext() {}

    /** @param block the step's rows with their positives, shared by encoders that use the same matrix */
    public StepContext(UserBlock block) {
        blocks.add(block);
    }

    /** A step of the single row 0, for a vector that is fitted alone. */
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

    /** The rows of the step; not to be written to. */
    public int[] rows() {
        return rows;
    }

    /** Learning rate. */
    public double rate() {
        return rate;
    }

    public long seed() {
        return seed;
    }

    /** Whether this is a training step, in which dropout applies. */
    public boolean training() {
        return training;
    }

    /** The step's rows in this matrix. Call it first in {@link Encoder#prepare}, because later several threads call it at once. */
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
