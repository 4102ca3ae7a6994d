package org.mineral.app;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.mineral.app.cli.Arguments;
import org.mineral.app.cli.Failures;
import org.mineral.app.cli.LibraryLog;
import org.mineral.app.cli.RunFile;
import org.mineral.app.command.AblateCommand;
import org.mineral.app.command.BenchCommand;
import org.mineral.app.command.CompareCommand;
import org.mineral.app.command.ConfigCommand;
import org.mineral.app.command.DemoCommand;
import org.mineral.app.command.DoctorCommand;
import org.mineral.app.command.EnsembleCommand;
import org.mineral.app.command.EvaluateCommand;
import org.mineral.app.command.ExplainCommand;
import org.mineral.app.command.ExportCommand;
import org.mineral.app.command.ImportCommand;
import org.mineral.app.command.InformationCommand;
import org.mineral.app.command.LossCommand;
import org.mineral.app.command.PresetsCommand;
import org.mineral.app.command.RecommendCommand;
import org.mineral.app.command.ServeCommand;
import org.mineral.app.command.SimilarCommand;
import org.mineral.app.command.TrainCommand;
import org.mineral.app.command.TuneCommand;
import org.mineral.app.command.UpdateCommand;
import org.mineral.app.command.Verb;
import org.mineral.app.command.data.DataCommand;
import org.mineral.app.console.Console;
import org.mineral.model.provenance.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Exit codes: 0 success, 1 failure, 2 wrong usage or bad input. */
@Command(
        name = "mineral",
        version = "mineral " + Version.CURRENT,
        description = "Recommenders from implicit feedback: every loss, exact training, results that repeat.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        subcommands = {
            DemoCommand.class,
            CompareCommand.class,
            TuneCommand.class,
            PresetsCommand.class,
            AblateCommand.class,
            TrainCommand.class,
            EnsembleCommand.class,
            ConfigCommand.class,
            UpdateCommand.class,
            EvaluateCommand.class,
            RecommendCommand.class,
            SimilarCommand.class,
            ExplainCommand.class,
            ServeCommand.class,
            InformationCommand.class,
            LossCommand.class,
            DataCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            DoctorCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "DATA is a directory with train.* and test.* (valid.* is optional), one file of interactions,",
            "or builtin:tastes, generated data. `mineral VERB --help` tells more."
        })
public final class Main implements Runnable {

    private static final String DEBUG = "--debug";

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Main() {}

    /** Without a verb: the usage text, as an error. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a verb is missing.");
    }

    public static void main(String[] args) {
        // For libraries: picocli, for one, sorts options by the machine's alphabet.
        Locale.setDefault(Locale.ROOT);
        Console console = Console.ofProcess();
        System.setErr(console.err());
        LibraryLog.to(console.err());
        int code = run(args, console);
        // Not return: a command's helpers may have left threads that are not daemons.
        System.exit(code);
    }

    /** Runs one command in this process; nothing is written anywhere else than to the two streams. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, new Console(out, err, false));
    }

    static int run(String[] args, Console console) {
        return run(args, console, System.getenv());
    }

    static int run(String[] args, Console console, Map<String, String> environment) {
        CommandLine line = commandLine(console);
        String[] words = Arguments.normalise(args);
        Failures failures = new Failures(console, Arguments.isOn(words, DEBUG));
        try {
            words = RunFile.apply(line, words, environment);
            failures = new Failures(console, Arguments.isOn(words, DEBUG));
            line.setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures);
            int code = line.execute(words);
            console.out().flush();
            return code;
        } catch (RuntimeException | Error e) {
            // Writing the results is what failed here.
            return failures.handle(e);
        }
    }

    /** All verbs and their options. */
    public static CommandLine commandLine(Console console) {
        return new CommandLine(new Main(), writingTo(console))
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110)
                .setAbbreviatedOptionsAllowed(false)
                .setExpandAtFiles(false) // an id may begin with @
                .setUnmatchedOptionsAllowedAsOptionParameters(true);
    }

    /** Makes verbs that write to a console. */
    private static CommandLine.IFactory writingTo(Console console) {
        CommandLine.IFactory factory = CommandLine.defaultFactory();
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                K made = factory.create(type);
                if (made instanceof Verb verb) {
                    verb.console(console);
                }
                return made;
            }
        };
    }
}
