package org.mineral.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.app.console.Console;
import org.mineral.app.console.ResultStream;
import org.mineral.config.HeapException;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.rows.BadRow;
import org.mineral.files.WriteErrors;
import picocli.CommandLine;

/** Turns a failure into one or two lines for the user, and an exit code. */
public final class Failures implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;
    private static final int LONGEST = 1000;

    private final Console console;
    private final boolean debug;
    private @Nullable FailureLog log;

    public Failures(Console console, boolean debug) {
        this.console = console;
        this.debug = debug;
    }

    @Override
    public int handleParseException(CommandLine.ParameterException e, String[] args) {
        CommandLine.Model.CommandSpec spec = e.getCommandLine().getCommandSpec();
        String message = plain(text(e));
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            message = unmatched(spec, unmatched.getUnmatched().get(0));
        }
        return print(e, message, "Try 'mineral" + path(spec) + " --help'.", USAGE);
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        log = line.getCommand() instanceof FailureLog own ? own : null;
        if (!(e instanceof InputException input)) {
            return handle(e);
        }
        boolean skips = e instanceof BadRow && line.getCommandSpec().findOption("--skip-bad") != null;
        String advice = skips ? "To leave such rows out, counted and listed: --skip-bad." : advice(e);
        CommandLine.Model.CommandSpec spec = line.getCommandSpec();
        String message = input.message(hint -> Hints.words(hint, spec), setting -> Hints.words(setting, spec));
        return print(e, message, advice, USAGE);
    }

    private static String advice(Throwable e) {
        return e instanceof HeapException heap
                ? "Enough would be MINERAL_JAVA_OPTS=-Xmx" + heap.megabytes() + "m."
                : "";
    }

    /** Prints the message of a failure; returns the exit code. */
    public int handle(Throwable e) {
        if (ResultStream.isClosedPipe(e)) {
            return 0;
        } else if (e instanceof InputException) {
            return print(e, text(e), advice(e), USAGE);
        } else if (e instanceof OutOfMemoryError) {
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            String advice = "Give it more, for example MINERAL_JAVA_OPTS=-Xmx16g, or set a smaller --set dimension.";
            return print(e, "out of memory: Java may use " + megabytes + " MB.", advice, FAILURE);
        } else if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return handle(unchecked.getCause());
        } else if (e instanceof IOException io) {
            return print(e, text(e), "", WriteErrors.isUnusable(io) ? USAGE : FAILURE);
        }
        String advice = debug ? "" : "This is a bug in Mineral; --debug shows where.";
        return print(e, e.getClass().getSimpleName() + ": " + text(e), advice, FAILURE);
    }

    private int print(Throwable e, String message, String advice, int code) {
        String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
        line = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
        if (log != null && log.failed((line + " " + advice).strip(), e)) {
            return code;
        }
        console.err().println("mineral: " + line + (advice.isEmpty() ? "" : System.lineSeparator() + advice));
        if (debug) {
            e.printStackTrace(console.err());
        }
        console.err().flush();
        return code;
    }

    /** Picocli names Java's types, and some of its messages begin with a second "Error:". */
    private static String plain(String message) {
        return message.replaceFirst("^Error: ", "")
                .replaceFirst(
                        " are mutually exclusive \\(specify only one\\)$",
                        " are given together; allowed: one of them; leave the others out.")
                .replaceFirst(
                        "^Missing required argument \\(specify one of these\\): \\((.*)\\)$",
                        "One of these is missing: $1.")
                .replaceFirst(" is not an int$", " is not a whole number up to " + Integer.MAX_VALUE)
                .replaceFirst(" is not a long$", " is not a whole number up to " + Long.MAX_VALUE)
                .replaceFirst(" is not a (double|float)$", " is not a number");
    }

    /** Suggests what an unknown argument may have been meant to be. */
    private static String unmatched(CommandLine.Model.CommandSpec spec, String argument) {
        boolean option = argument.startsWith("-");
        String name = option ? argument.replaceFirst("=.*", "") : argument;
        List<String> allowed = new ArrayList<>();
        if (option) {
            spec.options().forEach(known -> allowed.addAll(List.of(known.names())));
        } else {
            allowed.addAll(spec.subcommands().keySet());
        }
        if (!option && allowed.isEmpty()) {
            return "unexpected argument '" + name + "'.";
        }
        String unknown = text(InputException.unknown(option ? "option" : "verb", name, allowed));
        return spec.subcommands().entrySet().stream()
                .filter(verb -> verb.getValue().getSubcommands().containsKey(name))
                .findFirst()
                .map(verb -> "unknown verb '" + name + "'. Did you mean '" + verb.getKey() + " " + name + "'?")
                .orElse(unknown);
    }

    private static String path(CommandLine.Model.CommandSpec spec) {
        return spec.qualifiedName().replaceFirst("^mineral", "");
    }

    /** Java's message is only the name of the file; this adds what is wrong with it. */
    private static String text(Throwable e) {
        if (e instanceof FileSystemException file && file.getReason() == null) {
            return Names.snake(e.getClass().getSimpleName().replace("Exception", ""))
                            .replace('_', ' ') + ": " + file.getFile();
        }
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
