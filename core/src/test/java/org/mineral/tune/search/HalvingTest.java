package org.mineral.tune.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mineral.tune.search.Halving.Job;

class HalvingTest {

    /** Point p has the value p in every rung. */
    private static List<Job> run(int rungs, int points) {
        Halving halving = new Halving(rungs, points);
        List<Job> jobs = new ArrayList<>();
        for (Optional<Job> next = halving.next(); next.isPresent(); next = halving.next()) {
            jobs.add(next.get());
            halving.done(next.get(), next.get().point());
        }
        return jobs;
    }

    /** Each point is better than all before it: still no more than a third goes on. */
    @Test
    void theBestOfEveryThreeGoesOnAtOnce() {
        String order = run(3, 9).stream().map(j -> j.point() + "@" + j.rung()).collect(Collectors.joining(" "));
        assertThat(order).isEqualTo("0@0 1@0 2@0 2@1 3@0 4@0 5@0 5@1 6@0 7@0 8@0 8@1 8@2");
    }

    @Test
    void aPointThatDidWellEarlyIsNotForgotten() {
        Halving halving = new Halving(2, 6);
        double[] values = {9, 1, 2, 0, 8, 3};
        List<Integer> promoted = new ArrayList<>();
        for (Optional<Job> next = halving.next(); next.isPresent(); next = halving.next()) {
            Job job = next.get();
            if (job.rung() == 1) {
                promoted.add(job.point());
            }
            halving.done(job, values[job.point()]);
        }
        assertThat(promoted).containsExactly(0, 4);
    }

    @Test
    void fewPointsStillComeToTheLastRung() {
        String order = run(3, 4).stream().map(j -> j.point() + "@" + j.rung()).collect(Collectors.joining(" "));
        assertThat(order).isEqualTo("0@0 1@0 2@0 2@1 3@0 2@2");
        assertThat(run(3, 1)).containsExactly(new Job(0, 0), new Job(0, 1), new Job(0, 2));
    }

    @Test
    void failuresAreNeverPromoted() {
        Halving halving = new Halving(2, 3);
        for (int p = 0; p < 3; p++) {
            halving.done(halving.next().orElseThrow(), Double.NEGATIVE_INFINITY);
        }
        assertThat(halving.next()).isEmpty();
    }

    @Test
    void oneRungTrainsEachPointOnce() {
        assertThat(run(1, 4)).containsExactly(new Job(0, 0), new Job(1, 0), new Job(2, 0), new Job(3, 0));
    }
}
