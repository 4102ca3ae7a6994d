package org.mineral.app.command;

import java.io.IOException;
import org.mineral.app.command.option.data.FeaturedReadingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code compare}: compares losses and models on the same data. */
@Command(
        name = "compare",
        description = "Give every loss a short search for its settings, within the same limit, and train it; a "
                + "table with intervals and tests, and an HTML report.",
        footer = {"", "Example: mineral compare interactions.csv --losses mine+,softmax,bpr"})
public final class CompareCommand extends ComparingVerb {

    @Parameters(paramLabel = "DATA", description = "A directory with train.* and test.*, one file, or builtin:tastes.")
    String data = "";

    @Mixin
    FeaturedReadingOptions reading = new FeaturedReadingOptions();

    @Override
    protected void run() throws IOException {
        compare(data, reading);
    }
}
