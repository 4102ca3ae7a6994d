package org.mineral.bench;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code Main JAVA_HOME... [-- JMH options]}: the kernels on each of these Javas, one after the other, and their figures side
 * by side. Options are JMH's own: {@code -p kernel=scores,exp -p dimension=64,256 -f 3}.
 */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        List<String> homes = new ArrayList<>(List.of(args));
        int end = homes.indexOf("--");
        List<String> rest = end < 0 ? List.of() : homes.subList(end + 1, homes.size());
        CommandLineOptions options = new CommandLineOptions(rest.toArray(new String[0]));
        SideBySide table = new SideBySide();
        for (String home : end < 0 ? homes : homes.subList(0, end)) {
            ChainedOptionsBuilder run = new OptionsBuilder()
                    .parent(options)
                    .jvm(home + "/bin/java")
                    .jvmArgsAppend("--add-modules", "jdk.incubator.vector");
            if (options.getIncludes().isEmpty()) {
                run.include("org\\.mineral\\.bench\\..*");
            }
            table.add(new Runner(run.build()).run());
        }
        table.lines().forEach(System.out::println);
    }
}
