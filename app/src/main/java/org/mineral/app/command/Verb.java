package org.mineral.app.command;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.mineral.app.command.option.RunOptions;
import org.mineral.app.console.Console;
import org.mineral.app.json.JsonText;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    RunOptions common = new RunOptions();

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

    protected long seed() {
        return common.seed();
    }

    protected int threads() {
        return common.threads();
    }

    /** A line on standard error, beside the results; flushed, because others may wait for the messages of a server. */
    protected void note(String line) {
        console().err().println(line);
        console().err().flush();
    }

    /** What was read and cleaned, a line each. */
    protected void noteReport(Dataset data) {
        data.report().lines().forEach(line -> note("  " + line));
    }

    /** Reads data, and notes their size and what was cleaned. */
    protected Dataset read(String source, ReadOptions options) {
        Dataset data = Datasets.read(source, options);
        note(data.toString());
        noteReport(data);
        return data;
    }

    /** The results, as lines or, with {@code --json}, as a document. */
    protected void print(List<String> lines, Supplier<?> document) {
        if (json) {
            console().out().println(JsonText.pretty(document.get()));
        } else {
            lines.forEach(console().out()::println);
        }
    }

    protected void print(String line, Supplier<?> document) {
        print(List.of(line), document);
    }
}
