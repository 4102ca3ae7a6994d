package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a point of a search came to on the held-out parts that it was trained for. */
final class Measured {

    /**
     * One training.
     *
     * @param curve NDCG@20 after each epoch
     * @param byUser NDCG@20 of each user at the best epoch; NaN for users that are not judged
     * @param hopeless whether it was ended because it could not come up to the best settings
     */
    record Run(List<Double> curve, double best, int bestEpoch, double[] byUser, boolean hopeless) {}

    private final Point point;
    private final List<Run> runs = new ArrayList<>();
    private double work;
    private @Nullable String failure;

    Measured(Point point) {
        this.point = point;
    }

    void add(Run run) {
        runs.add(run);
    }

    void spent(double gigaflops) {
        work += gigaflops;
    }

    void failed(String reason) {
        failure = reason;
    }

    Point point() {
        return point;
    }

    List<Run> runs() {
        return runs;
    }

    double work() {
        return work;
    }

    @Nullable
    String failure() {
        return failure;
    }

    /** Whether it was trained to an end, so that it may be chosen. */
    boolean whole() {
        return failure == null && !runs.isEmpty() && runs.stream().noneMatch(Run::hopeless);
    }

    /** Mean of the best epochs over the parts; minus infinity if it is not whole. */
    double value() {
        return whole() ? runs.stream().mapToDouble(Run::best).average().orElseThrow() : Double.NEGATIVE_INFINITY;
    }

    /** The median of the parts' best epochs, the lower one of two. */
    int bestEpoch() {
        int[] epochs = runs.stream().mapToInt(Run::bestEpoch).sorted().toArray();
        return epochs.length == 0 ? 0 : epochs[(epochs.length - 1) / 2];
    }

    /** Of the users of the parts that both were trained for. */
    Difference minus(Measured other) {
        return Difference.of(
                runs.stream().map(Run::byUser).toList(),
                other.runs.stream().map(Run::byUser).toList());
    }
}
