package org.mineral.tune.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Successive halving like ASHA (Li et al. 2020, arXiv 1810.05934), for sequential trials. Each
 * rung trains for more epochs than the one below; of the n points that finished a rung, floor(n/3) go on to the next.
 *
 * <ol>
 *   <li>From the highest rung downwards: if fewer than floor(n/3) went on, the best that has not, and is among the best
 *       floor(n/3), goes on.
 *   <li>Otherwise a new point begins at the bottom, as long as there are any.
 *   <li>At the end the best point of the highest rung reached is promoted to the last rung, so that even a search with few points has one
 *       training of full length.
 * </ol>
 *
 * <p>ASHA has no bound on promotions: points that come in ascending order are all promoted. With the bound the cost depends only on the
 * number of points, so it is the same for every loss.
 */
final class Halving {

    static final int FACTOR = 3;

    /** A point to be trained at a rung. */
    record Job(int point, int rung) {}

    private record Score(int point, double value) {}

    private final List<List<Score>> finished = new ArrayList<>();
    private final int points;
    private int begun;

    Halving(int rungs, int points) {
        this.points = points;
        for (int r = 0; r < rungs; r++) {
            finished.add(new ArrayList<>());
        }
    }

    /** The next point to train; empty at the end. Deterministic in the results. */
    Optional<Job> next() {
        for (int rung = finished.size() - 2; rung >= 0; rung--) {
            Optional<Job> promoted = promotion(rung);
            if (promoted.isPresent()) {
                return promoted;
            }
        }
        return begun < points ? Optional.of(new Job(begun, 0)) : last();
    }

    private Optional<Job> last() {
        int rung = finished.size() - 1;
        while (rung > 0 && finished.get(rung).isEmpty()) {
            rung--;
        }
        return rung == finished.size() - 1
                ? Optional.empty()
                : best(rung, finished.get(rung).size(), Set.of());
    }

    private Optional<Job> promotion(int rung) {
        Set<Integer> above = new HashSet<>();
        finished.get(rung + 1).forEach(s -> above.add(s.point));
        List<Score> scores = finished.get(rung);
        if (above.size() >= scores.size() / FACTOR) {
            return Optional.empty();
        }
        return best(rung, scores.size() / FACTOR, above);
    }

    /** The best point among the first of a rung that has not been promoted. */
    private Optional<Job> best(int rung, int among, Set<Integer> above) {
        return finished.get(rung).stream()
                .filter(s -> s.value > Double.NEGATIVE_INFINITY)
                .sorted(Comparator.comparingDouble(Score::value).reversed())
                .limit(among)
                .filter(s -> !above.contains(s.point))
                .findFirst()
                .map(s -> new Job(s.point, rung + 1));
    }

    /** @param value higher is better; minus infinity for a failure */
    void done(Job job, double value) {
        begun += job.rung == 0 ? 1 : 0;
        finished.get(job.rung).add(new Score(job.point, value));
    }
}
