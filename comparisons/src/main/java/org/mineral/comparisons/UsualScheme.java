package org.mineral.comparisons;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.mineral.algorithm.embedding.training.TrainingSession;
import org.mineral.data.Dataset;

/**
 * The usual scheme in libtorch: an epoch of it beside an exact one of ours and, on yelp2018, the time to a Recall@20 that published
 * runs of plain factorisation get to.
 *
 * <p>With fresh negatives for each interaction that would take most of an hour. With negatives that a batch shares it takes
 * minutes and is measured; as many epochs of fresh ones are an estimate, and say so.
 */
final class UsualScheme implements Baseline {

    private static final String NAME = "libtorch, usual scheme";
    private static final int BATCH = 1024;
    private static final int DRAWS = 800;
    private static final int STEPS_A_ROUND = 8;
    private static final double YELP2018_RECALL = 0.07;

    /**
     * Of a published run of the scheme with fresh negatives on yelp2018 (batch 1024, 800 uniform negatives, dimension 64, learning rate
     * 1e-4, a random start, a loss of the same family), until it passes .0700. Source: github.com/junkangwu/BSL,
     * BEST/yelp2018_DRO_POS_mf_frame_t1_0.11_t2_1.10_1024_800_lr_1e-4.
     */
    private static final int PUBLISHED_EPOCHS = 21;

    /** Of the runs that are timed by the step, where nobody asks what was learned. */
    private static final double ANY_RATE = 1e-3;

    /**
     * How the run to a quality is made. Found for the scheme, from the start that both sides have: {@code docs/lab/side-by-side.md} has
     * what was tried.
     *
     * @param epochs that the rate falls over, linearly to 0
     */
    record Plan(double rate, double temperature, double lambda, int epochs) {

        static final Plan BEST = new Plan(3e-3, Conditions.TEMPERATURE, Conditions.LAMBDA, 8);
    }

    private final double recall;
    private final Plan plan;

    /** For yelp2018; on other data the run to a quality is left out. */
    UsualScheme() {
        this(Double.NaN, Plan.BEST);
    }

    /** @param recall Recall@20 to get to, on any data; NaN for what is known of yelp2018 */
    UsualScheme(double recall, Plan plan) {
        this.recall = recall;
        this.plan = plan;
    }

    @Override
    public void measure(Conditions conditions, Consumer<Measurement> table) {
        LibTorch.prepare(conditions.threads());
        double fresh = epoch(conditions, table, TorchUsual.Negatives.FRESH);
        epoch(conditions, table, TorchUsual.Negatives.SHARED);
        double target = Double.isNaN(recall) && isYelp2018(conditions.data()) ? YELP2018_RECALL : recall;
        if (!Double.isNaN(target)) {
            toQuality(conditions, table, target, fresh);
        }
    }

    /** Seconds of an epoch of theirs, as many times those of its steps. */
    private static double epoch(Conditions conditions, Consumer<Measurement> table, TorchUsual.Negatives negatives) {
        try (TorchUsual torch = usual(conditions, negatives, Conditions.TEMPERATURE, Conditions.LAMBDA);
                TrainingSession mineral = conditions.steps()) {
            int steps = Math.min(torch.stepsAnEpoch(), STEPS_A_ROUND);
            double[] medians = Measurement.inTurns(
                    conditions.rounds(),
                    () -> Measurement.timed(() -> {
                        for (int s = 0; s < steps; s++) {
                            torch.step(ANY_RATE);
                        }
                    }),
                    () -> Measurement.timed(mineral::next));
            double step = medians[0] / steps;
            double epoch = step * torch.stepsAnEpoch();
            table.accept(Measurement.seconds(
                    NAME,
                    "epoch of batches of " + BATCH + ", " + DRAWS + " negatives each "
                            + (negatives == TorchUsual.Negatives.FRESH ? "interaction" : "batch") + "; ours exact",
                    epoch,
                    medians[1],
                    String.format(
                            Locale.ROOT,
                            "EXTRAPOLATED from steps of %.4f s, %,d an epoch",
                            step,
                            torch.stepsAnEpoch())));
            return epoch;
        }
    }

    /** The time to a quality: measured with shared negatives, and estimated with fresh ones for as many epochs. */
    private void toQuality(Conditions conditions, Consumer<Measurement> table, double target, double freshEpoch) {
        Reached theirs = train(conditions, target);
        Optional<Mineral.Trained> reached = conditions.mineral().reaching(target);
        double ours = reached.map(Mineral.Trained::seconds).orElse(Double.POSITIVE_INFINITY);
        String run = reached.map(Mineral.Trained::describe).orElse("ours does not reach it");
        boolean enough = theirs.recall() >= target;
        table.accept(Measurement.seconds(
                NAME,
                String.format(Locale.ROOT, "to a Recall@20 of %.4f, negatives shared by a batch", target),
                enough ? theirs.seconds() : Double.POSITIVE_INFINITY,
                ours,
                String.format(
                        Locale.ROOT,
                        "theirs MEASURED, without the start: %.4f after %d epochs, %.1f s; %s",
                        theirs.recall(),
                        theirs.epochs(),
                        theirs.seconds(),
                        run)));
        int epochs = enough ? theirs.epochs() : PUBLISHED_EPOCHS;
        if (enough || target == YELP2018_RECALL) {
            table.accept(Measurement.seconds(
                    NAME,
                    String.format(Locale.ROOT, "to a Recall@20 of %.4f, fresh negatives", target),
                    epochs * freshEpoch,
                    ours,
                    String.format(
                            Locale.ROOT,
                            "theirs ESTIMATED: the %d epochs of %s, %.0f s each; %s",
                            epochs,
                            enough ? "the run with shared ones" : "a published run",
                            freshEpoch,
                            run)));
        }
    }

    /** How far a run got, when it was as good as asked for or had made all of its epochs. */
    private record Reached(int epochs, double seconds, double recall) {}

    /** Epochs with shared negatives until it ranks as well; judging is not timed. */
    private Reached train(Conditions conditions, double target) {
        Reached now = new Reached(0, 0, 0);
        try (TorchUsual torch = usual(conditions, TorchUsual.Negatives.SHARED, plan.temperature(), plan.lambda())) {
            int steps = torch.stepsAnEpoch();
            double all = (double) steps * plan.epochs();
            while (now.epochs() < plan.epochs() && now.recall() < target) {
                int before = now.epochs() * steps;
                double seconds = Measurement.timed(() -> {
                    for (int s = 0; s < steps; s++) {
                        torch.step(plan.rate() * (1 - (before + s) / all));
                    }
                });
                double recall = conditions
                        .evaluate(conditions.model(torch.userDirections(), torch.itemDirections()))
                        .metric(Conditions.RECALL);
                now = new Reached(now.epochs() + 1, now.seconds() + seconds, recall);
                System.err.println(NAME + ", shared negatives: " + now);
            }
        }
        return now;
    }

    private static boolean isYelp2018(Dataset data) {
        return data.users().size() == 31_668
                && data.items().size() == 38_048
                && data.train().size() == 1_237_259;
    }

    private static TorchUsual usual(
            Conditions conditions, TorchUsual.Negatives negatives, double temperature, double lambda) {
        return new TorchUsual(
                conditions.data().train(), conditions.start(), negatives, BATCH, DRAWS, temperature, lambda);
    }
}
