package org.mineral.eval.information;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;
import org.mineral.model.VectorModel;

/**
 * One pass over users and catalogue for both critics at several scales: they share the product of the factors, the largest cost. A task has a
 * fixed group of users, and sums over users are taken in order: the same bits for any number of threads.
 *
 * <ol>
 *   <li>Each tile of scores: items that are excluded or in no pair are set to minus infinity; the positives' scores are stored; for each
 *       scale {@code e^{b s_i - max}} is summed, max being the row's so far: with the weights c_i for
 *       the plain score, and without where 1/p(i) cancels them.
 *   <li>Each user, when the row is complete: the user's contributions to all expectations.
 *   <li>The bounds, from the contributions of all users.
 * </ol>
 */
final class InformationPass {

    /** Number of users of a task. */
    private static final int GROUP = 20 * Kernels.USER_TILE;

    private static final Critic[] CRITICS = Critic.values();

    private final VectorModel model;
    private final PairDistribution joint;
    private final float[] scales;
    private final double[] given;
    private final Kernels kernels;
    private final float[] weights;
    private final float[] absent;

    InformationPass(VectorModel model, PairDistribution joint, double[] scales) {
        this.model = model;
        this.kernels = model.kernels();
        this.joint = joint;
        this.given = scales;
        this.scales = new float[scales.length];
        for (int k = 0; k < scales.length; k++) {
            this.scales[k] = (float) scales[k];
        }
        int items = joint.itemCounts.length;
        this.weights = new float[items];
        this.absent = new float[items];
        for (int i = 0; i < items; i++) {
            weights[i] = joint.itemCounts[i];
            absent[i] = weights[i] == 0 ? Float.NEGATIVE_INFINITY : 0;
        }
    }

    /** By scale, then by critic, the bounds over some of the users that have pairs. */
    List<List<InformationBounds>> run(int[] users, int candidates, Workers workers) {
        double[][][] parts = new double[scales.length * CRITICS.length][users.length][];
        workers.run((users.length + GROUP - 1) / GROUP, (task, worker) -> {
            int from = task * GROUP;
            int[] rows = Arrays.copyOfRange(users, from, Math.min(users.length, from + GROUP));
            Group group = new Group(rows);
            model.scan(rows, group::add);
            for (int r = 0; r < rows.length; r++) {
                for (int p = 0; p < parts.length; p++) {
                    parts[p][from + r] = group.parts(r, p / CRITICS.length, CRITICS[p % CRITICS.length], candidates);
                }
            }
        });
        return IntStream.range(0, scales.length)
                .mapToObj(k -> Arrays.stream(CRITICS)
                        .map(c -> bounds(c, given[k], users, parts[k * CRITICS.length + c.ordinal()]))
                        .toList())
                .toList();
    }

    /** @param parts by user: sum of T over the user's pairs, log Z_u, sum of InfoNCE's terms */
    private InformationBounds bounds(Critic of, double scale, int[] users, double[][] parts) {
        double pairs = 0;
        double critic = 0;
        double logZ = 0;
        double infoNce = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int r = 0; r < users.length; r++) {
            int n = joint.pairs.count(users[r]);
            pairs += n;
            critic += parts[r][0];
            logZ += n * parts[r][1];
            infoNce += parts[r][2];
            highest = Math.max(highest, parts[r][1]);
        }
        double z = 0;
        for (int r = 0; r < users.length; r++) {
            z += joint.pairs.count(users[r]) * Math.exp(parts[r][1] - highest);
        }
        double meanT = critic / pairs;
        double meanLogZ = logZ / pairs;
        double logMeanZ = highest + Math.log(z / pairs);
        return new InformationBounds(
                of,
                scale,
                meanT - meanLogZ + 1 - Math.exp(logMeanZ - meanLogZ),
                meanT - logMeanZ,
                infoNce / pairs,
                meanT - meanLogZ);
    }

    /** A task's running sums over the rows of its users. */
    private final class Group {

        private final int[] rows;
        private final int[] excluded;
        private final int[] found;
        private final double[][] positives;
        private final float[][] max;
        private final double[][][] sums;
        private final float[] row = new float[Kernels.STRIP];

        Group(int[] rows) {
            this.rows = rows;
            this.excluded = Arrays.stream(rows).map(joint.excluded::begin).toArray();
            this.found = new int[rows.length];
            this.positives = new double[rows.length][];
            this.max = new float[scales.length][rows.length];
            this.sums = new double[CRITICS.length][scales.length][rows.length];
            for (int r = 0; r < rows.length; r++) {
                positives[r] = new double[joint.pairs.count(rows[r])];
            }
            for (float[] of : max) {
                Arrays.fill(of, Float.NEGATIVE_INFINITY);
            }
        }

        void add(int start, int end, int first, int n, float[] scores, int begin) {
            for (int r = start; r < end; r++) {
                int at = begin + (r - start) * Kernels.TILE_STRIDE;
                exclude(r, first, n, scores, at);
                keepPositives(r, first, n, scores, at);
                kernels.axpy(1, absent, first, scores, at, n);
                float highest = kernels.max(scores, at, n, Kernels.PANEL);
                for (int k = 0; k < scales.length && highest > Float.NEGATIVE_INFINITY; k++) {
                    sum(r, k, scales[k] * highest, first, n, scores, at);
                }
            }
        }

        private void sum(int r, int k, float highest, int first, int n, float[] scores, int at) {
            if (highest > max[k][r]) {
                double down = Math.exp(max[k][r] - highest);
                for (double[][] of : sums) {
                    of[k][r] *= down;
                }
                max[k][r] = highest;
            }
            Arrays.fill(row, 0, n, 0);
            kernels.axpy(scales[k], scores, at, row, 0, n);
            sums[Critic.CORRECTED.ordinal()][k][r] += kernels.exp(row, 0, n, Kernels.PANEL, max[k][r], null, 0);
            sums[Critic.SCORE.ordinal()][k][r] += kernels.dot(row, 0, weights, first, n);
        }

        private void exclude(int r, int first, int n, float[] scores, int at) {
            Interactions x = joint.excluded;
            int k = excluded[r];
            for (; k < x.end(rows[r]) && x.columns()[k] < first + n; k++) {
                scores[at + x.columns()[k] - first] = Float.NEGATIVE_INFINITY;
            }
            excluded[r] = k;
        }

        private void keepPositives(int r, int first, int n, float[] scores, int at) {
            Interactions x = joint.pairs;
            int begin = x.begin(rows[r]);
            for (; found[r] < positives[r].length && x.columns()[begin + found[r]] < first + n; found[r]++) {
                positives[r][found[r]] = scores[at + x.columns()[begin + found[r]] - first];
            }
        }

        /** Sum of T over the user's pairs, log Z_u, sum of InfoNCE's terms. */
        double[] parts(int r, int k, Critic critic, int candidates) {
            boolean corrected = critic == Critic.CORRECTED;
            double logN = Math.log(joint.size());
            double logSum = max[k][r] + Math.log(sums[critic.ordinal()][k][r]);
            double logZ = logSum - Math.log(joint.reference(rows[r])) + (corrected ? logN : 0);
            int begin = joint.pairs.begin(rows[r]);
            double sum = 0;
            double infoNce = 0;
            for (int i = 0; i < positives[r].length; i++) {
                // As the kernel has it, so that a positive is the same number here and within Z_u.
                double t = scales[k] * positives[r][i];
                t += corrected ? logN - Math.log(joint.itemCounts[joint.pairs.columns()[begin + i]]) : 0;
                sum += t;
                infoNce += Math.log(candidates) - softplus(Math.log(candidates - 1.0) + logZ - t);
            }
            return new double[] {sum, logZ, infoNce};
        }
    }

    /** log(1 + e^x). */
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
