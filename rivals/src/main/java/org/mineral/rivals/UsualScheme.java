package org.mineral.rivals;

import java.util.OptionalInt;
import java.util.function.Consumer;
import org.mineral.data.Dataset;

/**
 * The usual scheme in libtorch: an epoch of it beside an exact one of ours and, on yelp2018, the time to a Recall@20 that published
 * runs of plain factorisation get to.
 *
 * <p>With fresh negatives for each interaction that would take most of an hour. With negatives that a batch shares it takes
 * minutes and is measured; as many epochs of fresh ones are an estimate, and say so.
 */
final class UsualScheme implements Contest.Opponent {

    private static final String NAME = "libtorch, usual scheme";
    private static final int BATCH = 1024;
    private static final int DRAWS = 800;
    private static final int STEPS_A_ROUND = 8;
    private static final double YELP2018_RECALL = 0.07;

    /** Of the runs that are timed by the step, where nobody asks what was learned. */
    private static final double ANY_RATE = 1e-3;

    /**
     * How the run to a quality is made. Found for the scheme, from the start that both sides have: {@code docs/side-by-side.md} has
     * what was tried.
     *
     * @param epochs that the rate falls over, linearly to 0
     */
    record Plan(double rate, double temperature, double lambda, int epochs) {

        static final Plan BEST = new Plan(3e-3, 0.13, Contest.LAMBDA, 4);
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
    public void meet(Contest contest, Consumer<Pair> table) {
        LibTorch.prepare(contest.threads());
        double fresh = epoch(contest, table, TorchUsual.Negatives.FRESH);
        epoch(contest, table, TorchUsual.Negatives.SHARED);
        double target = Double.isNaN(recall) && isYelp2018(contest.data()) ? YELP2018_RECALL : recall;
        if (!Double.isNaN(target)) {
            toQuality(contest, table, target, fresh);
        }
    }

    /** Seconds of an epoch of theirs, as many times those of its steps. */
    private static double epoch(Contest contest, Consumer<Pair> table, TorchUsual.Negatives negatives) {
        try (TorchUsual torch = usual(contest, negatives, Contest.TEMPERATURE, Contest.LAMBDA);
                SteppedTraining mineral = contest.steps()) {
            int steps = Math.min(torch.stepsAnEpoch(), STEPS_A_ROUND);
            double[] medians = Pair.inTurns(
                    contest.rounds(),
                    () -> Pair.timed(() -> {
                        for (int s = 0; s < steps; s++) {
                            torch.step(ANY_RATE);
                        }
                    }),
                    () -> Pair.timed(mineral::next));
            double step = medians[0] / steps;
            double epoch = step * torch.stepsAnEpoch();
            table.accept(Pair.seconds(
                    NAME,
                    "epoch of batches of " + BATCH + ", " + DRAWS + " negatives each "
                            + (negatives == TorchUsual.Negatives.FRESH ? "interaction" : "batch") + "; ours exact",
                    epoch,
                    medians[1],
                    "EXTRAPOLATED from steps of %.4f s, %,d an epoch".formatted(step, torch.stepsAnEpoch())));
            return epoch;
        }
    }

    /** The time to a quality: measured with shared negatives, and estimated with fresh ones for as many epochs. */
    private void toQuality(Contest contest, Consumer<Pair> table, double target, double freshEpoch) {
        double[] seconds = new double[1];
        OptionalInt epochs = train(contest, target, seconds);
        var ours = contest.ours().reaching(target);
        if (epochs.isEmpty() || ours.isEmpty()) {
            table.accept(Pair.seconds(
                    NAME,
                    "to a Recall@20 of %.4f".formatted(target),
                    epochs.isEmpty() ? Double.POSITIVE_INFINITY : seconds[0],
                    ours.map(Ours.Trained::seconds).orElse(Double.POSITIVE_INFINITY),
                    "not reached by " + (ours.isPresent() ? "theirs" : epochs.isPresent() ? "ours" : "either")));
            return;
        }
        int n = epochs.getAsInt();
        Ours.Trained run = ours.get();
        table.accept(Pair.seconds(
                NAME,
                "to a Recall@20 of %.4f, negatives shared by a batch".formatted(target),
                seconds[0],
                run.seconds(),
                "theirs MEASURED, %d epochs, their start (ours) not counted; %s".formatted(n, run.describe())));
        table.accept(Pair.seconds(
                NAME,
                "to a Recall@20 of %.4f, fresh negatives".formatted(target),
                n * freshEpoch,
                run.seconds(),
                "theirs ESTIMATED: the %d epochs that shared negatives took, %.0f s each; %s"
                        .formatted(n, freshEpoch, run.describe())));
    }

    /** Epochs of shared negatives until it ranks as well; judging is not timed. */
    private OptionalInt train(Contest contest, double target, double[] seconds) {
        try (TorchUsual torch = usual(contest, TorchUsual.Negatives.SHARED, plan.temperature(), plan.lambda())) {
            int steps = torch.stepsAnEpoch();
            double all = (double) steps * plan.epochs();
            for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
                int before = (epoch - 1) * steps;
                seconds[0] += Pair.timed(() -> {
                    for (int s = 0; s < steps; s++) {
                        torch.step(plan.rate() * (1 - (before + s) / all));
                    }
                });
                double now = contest.evaluate(contest.model(torch.userDirections(), torch.itemDirections()))
                        .metric(Contest.RECALL);
                System.err.printf("%s, epoch %d, %.1f s: Recall@20 %.4f%n", NAME, epoch, seconds[0], now);
                if (now >= target) {
                    return OptionalInt.of(epoch);
                }
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isYelp2018(Dataset data) {
        return data.users().size() == 31_668
                && data.items().size() == 38_048
                && data.train().size() == 1_237_259;
    }

    private static TorchUsual usual(
            Contest contest, TorchUsual.Negatives negatives, double temperature, double lambda) {
        return new TorchUsual(contest.data().train(), contest.start(), negatives, BATCH, DRAWS, temperature, lambda);
    }
}
