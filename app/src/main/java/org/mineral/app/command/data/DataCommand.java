package org.mineral.app.command.data;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code data}: imports, describes, splits, converts and generates data. */
@Command(
        name = "data",
        description = "Import and clean data, look at them, split them, change their format, generate them.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        subcommands = {
            DataImportCommand.class,
            DataDescribeCommand.class,
            DataSplitCommand.class,
            DataConvertCommand.class,
            DataGenerateCommand.class
        })
public final class DataCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    boolean help;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a verb is missing; allowed: import, describe, split, convert, generate.");
    }
}
