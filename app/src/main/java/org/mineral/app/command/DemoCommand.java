package org.mineral.app.command;

import java.io.IOException;
import org.mineral.app.command.option.data.FeaturedReadingOptions;
import picocli.CommandLine.Command;

/** {@code demo}: a comparison on generated data. */
@Command(
        name = "demo",
        description = "Compare all losses on generated data, about a minute: builtin:tastes, whose truth is known.",
        footer = {"", "The same as: mineral compare builtin:tastes --effort quick"})
public final class DemoCommand extends ComparingVerb {

    @Override
    boolean quick() {
        return true;
    }

    @Override
    protected void run() throws IOException {
        compare("builtin:tastes", new FeaturedReadingOptions());
    }
}
