package org.mineral.linalg;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * What the clocks of a team say at one moment, or between two ({@link #since}), in seconds.
 *
 * <p>On the wall's clock a program measures its own compiler too: in the first seconds that takes a processor to itself, and
 * of two, work that two threads share then takes twice the time that it will take later. The threads' own clocks do not see
 * it, and do not see other programs either, which stay. So work is timed as if alone, and then put among the others:
 *
 * <ul>
 *   <li>{@link #alone} A = c + w / n for the calling thread's time c and the team's w on n processors: a team that shares its
 *       work evenly, and has its processors to itself.
 *   <li>{@link #crowding} n wall / (p + i): the processors' time that has passed, over the time p that this process got, with its
 *       compiler, and i = n A - c - w that it would have left idle even alone. 1 where nobody else runs.
 * </ul>
 *
 * @param wall the plain clock
 * @param calling c
 * @param team w
 * @param process p; negative where Java does not tell
 * @param processors n
 */
public record WorkTimes(double wall, double calling, double team, double process, int processors) {

    static WorkTimes of(List<Thread> team, int processors) {
        double wall = System.nanoTime() / 1e9;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (!threads.isThreadCpuTimeSupported() || !threads.isThreadCpuTimeEnabled()) {
            return new WorkTimes(wall, wall, 0, -1, processors);
        }
        double sum = 0;
        for (Thread thread : team) {
            sum += Math.max(0, threads.getThreadCpuTime(thread.getId())) / 1e9;
        }
        double process = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e9)
                .orElse(-1.0);
        return new WorkTimes(wall, threads.getCurrentThreadCpuTime() / 1e9, sum, process, processors);
    }

    /** What has passed since then. */
    public WorkTimes since(WorkTimes before) {
        return new WorkTimes(
                wall - before.wall,
                calling - before.calling,
                team - before.team,
                process < 0 ? process : process - before.process,
                processors);
    }

    /** How long it would have taken with the processors to itself. */
    public double alone() {
        return calling + team / processors;
    }

    /** How many times longer things take because of other programs, at least 1; to be read over a tenth of a second or more. */
    public double crowding() {
        double used = process + processors * alone() - calling - team;
        return process < 0 || used <= 0 ? 1 : Math.max(1, processors * wall / used);
    }
}
