package org.mineral.comparisons;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.mineral.algorithm.ials.IalsSession;
import org.mineral.algorithm.ials.IalsSettings;
import org.mineral.config.Config;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import tools.jackson.databind.JsonNode;

/**
 * implicit's alternating least squares and ours at the same objective. implicit's is
 *
 * <pre>{@code sum over interactions of alpha (s - 1)^2 + sum over all other pairs of s^2 + regularization (|users|^2 + |items|^2)}</pre>
 *
 * With {@code c = alpha / (alpha - 1)}, {@code s = c z} and vectors divided by the root of c it is {@code (alpha - 1) c^2} times
 *
 * <pre>{@code sum over interactions of (z - 1)^2 + 1 / (alpha - 1) sum over all pairs of z^2 + regularization / alpha (|users|^2 + |items|^2)}</pre>
 *
 * up to a constant: the objective of {@code ials} with {@code nu=0}.
 */
final class ImplicitAls {

    /** The best of twelve pairs on a tenth of yelp2018's training part that was held out. */
    private static final double ALPHA = 30;

    private static final double REGULARIZATION = 30;

    /** implicit's default. */
    private static final int ITERATIONS = 15;

    private static final int MOST_SWEEPS = 50;

    private final Conditions conditions;
    private final PythonProcess process;

    ImplicitAls(Conditions conditions, PythonProcess process) {
        this.conditions = conditions;
        this.process = process;
    }

    /** Time to the value of the objective that implicit ends at, with conjugate gradients, its default, and with exact steps. */
    void measure(Consumer<Measurement> table) {
        measure(table, true);
        measure(table, false);
    }

    private void measure(Consumer<Measurement> table, boolean gradients) {
        int d = conditions.start().dimension();
        Map<String, Object> theirs = Map.of(
                "factors",
                d,
                "alpha",
                ALPHA,
                "regularization",
                REGULARIZATION,
                "iterations",
                ITERATIONS,
                "use_cg",
                gradients);
        IalsSettings settings = settings(d);
        double[] value = new double[1];
        int[] sweeps = new int[1];
        try (Workers workers = new Workers(conditions.threads())) {
            double[] medians = Measurement.inTurns(
                    conditions.rounds(),
                    () -> {
                        JsonNode answer = process.ask(Map.of("do", "fit", "model", "als", "settings", theirs));
                        value[0] = objective(settings, workers);
                        return PythonBaseline.seconds(answer);
                    },
                    () -> secondsTo(value[0], settings, sweeps, workers));
            table.accept(Measurement.seconds(
                    "implicit ALS" + (gradients ? "" : ", exact steps"),
                    "to the same value of the same objective",
                    medians[0],
                    medians[1],
                    String.format(
                            Locale.ROOT,
                            "alpha %.0f, regularization %.0f, %d iterations to %.1f; ours: ials(alpha0=%.5f,l2=%.3f,nu=0), %d sweeps",
                            ALPHA,
                            REGULARIZATION,
                            ITERATIONS,
                            value[0],
                            settings.alpha0(),
                            settings.l2(),
                            sweeps[0])));
        }
    }

    private static IalsSettings settings(int dimension) {
        return Config.read(
                IalsSettings.class,
                Map.of(
                        "dimension",
                        String.valueOf(dimension),
                        "alpha0",
                        String.valueOf(1 / (ALPHA - 1)),
                        "l2",
                        String.valueOf(REGULARIZATION / ALPHA),
                        "nu",
                        "0"));
    }

    /** Our objective at their vectors. */
    private double objective(IalsSettings settings, Workers workers) {
        double scale = Math.sqrt((ALPHA - 1) / ALPHA);
        return new IalsSession(
                        SparseMatrix.ofOnes(conditions.data().train()),
                        new Matrix[] {
                            scaled(process.read("their-users.f32", settings.dimension()), scale),
                            scaled(process.read("their-items.f32", settings.dimension()), scale)
                        },
                        settings,
                        workers,
                        KernelProvider.best())
                .objective();
    }

    private static Matrix scaled(Matrix vectors, double factor) {
        for (int k = 0; k < vectors.values().length; k++) {
            vectors.values()[k] *= (float) factor;
        }
        return vectors;
    }

    /** From the data to the value, the start included; what the objective takes to be computed is not. */
    private double secondsTo(double value, IalsSettings settings, int[] sweeps, Workers workers) {
        IalsSession[] session = new IalsSession[1];
        double seconds = Measurement.timed(() -> session[0] =
                new IalsSession(SparseMatrix.ofOnes(conditions.data().train()), settings, workers, KernelProvider.best()));
        sweeps[0] = 0;
        while (sweeps[0] < MOST_SWEEPS) {
            seconds += Measurement.timed(session[0]::sweep);
            sweeps[0]++;
            if (session[0].objective() <= value) {
                return seconds;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
