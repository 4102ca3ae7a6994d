package org.mineral.app.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.Seeds;
import org.mineral.app.console.Console;
import org.mineral.app.json.JsonText;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Base class of verbs: common options and output. */
@Command
public abstract class Verb implements Callable<Integer> {

    private Console console;

    @Spec
    protected CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 104,
            description = "Show this text.")
    boolean help;

    @Option(names = "--json", order = 100, description = "Print one JSON document on standard output.")
    protected boolean json;

    @Option(names = "--seed", paramLabel = "N", order = 101, description = "Seed of every random number. Default: 42.")
    @Nullable
    Long seed;

    @Option(names = "--threads", paramLabel = "N", order = 102, description = "Threads. Default: one a processor.")
    @Nullable
    Integer threads;

    @Option(names = "--debug", order = 103, description = "Show where in the code an error arose.")
    boolean debug;

    /** Does the work; results go to {@link #console()}'s out. */
    protected abstract void run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        run();
        return 0;
    }

    /** To be called before {@link #call}: where this verb writes. */
    public final void console(Console console) {
        this.console = console;
    }

    protected Console console() {
        return console;
    }

    protected boolean json() {
        return json;
    }

    protected long seed() {
        return seed == null ? Seeds.DEFAULT : seed;
    }

    /** The number of threads to work with. */
    protected int threads() {
        if (threads == null) {
            return Math.min(1024, Runtime.getRuntime().availableProcessors());
        }
        if (threads < 1 || threads > 1024) {
            throw new InputException("--threads " + threads + " is out of range; allowed: 1 to 1024.");
        }
        return threads;
    }

    /** A line for people, beside the results. */
    protected void note(String line) {
        console().err().println(line);
    }

    /** What was read and cleaned, a line each. */
    protected void noteReport(Dataset data) {
        data.report().lines().forEach(line -> note("  " + line));
    }

    protected void print(String line) {
        console().out().println(line);
    }

    protected void printJson(Object document) {
        console().out().println(JsonText.pretty(document));
    }
}
