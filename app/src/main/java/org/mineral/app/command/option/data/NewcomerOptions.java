package org.mineral.app.command.option.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.recommend.SideFiles;
import picocli.CommandLine.Option;

/** Side files of items and users that came after training. */
public final class NewcomerOptions {

    @Option(
            names = "--item-features",
            paramLabel = "FILE",
            description = "Items that came after training, with attributes, in the columns of the side file that "
                    + "the model was trained with: recommended by them. A server reads it at the start and at "
                    + "each reload.")
    @Nullable
    Path items;

    @Option(names = "--user-features", paramLabel = "FILE", description = "The same for users.")
    @Nullable
    Path users;

    public SideFiles files() {
        return new SideFiles(items, users);
    }
}
