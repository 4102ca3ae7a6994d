package org.mineral.app.command.option.ranking;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The targets of lists: users of the model, histories, or items to list users for. */
public final class TargetOptions {

    @Option(names = "--user", paramLabel = "ID", description = "One user.")
    @Nullable
    String user;

    @Option(names = "--users", paramLabel = "FILE", description = "Users, one id a line; - is standard input.")
    @Nullable
    String users;

    @Option(names = "--all", description = "All users whom the model can recommend to.")
    boolean all;

    @ArgGroup(exclusive = false)
    @Nullable
    HistoryOptions history;

    @Option(
            names = "--histories",
            paramLabel = "FILE",
            description = "Several users who were not in training: a file of interactions in any format of DATA, "
                    + "such as lines user,item.")
    @Nullable
    Path histories;

    @Option(
            names = "--attributes",
            paramLabel = "NAME=VALUE",
            description =
                    "Somebody of whom only attributes are known: country=NL, a user's, or genres=Drama|Crime, of items "
                            + "that they like; repeat it for more. The model knows them from its side files.")
    @Nullable
    List<String> attributes;

    @Option(names = "--for-items", paramLabel = "ITEM,ITEM", description = "The best users of these items.")
    @Nullable
    String forItems;

    @Option(
            names = "--for-items-file",
            paramLabel = "FILE",
            description = "The same, an item a line; - is standard input.")
    @Nullable
    String forItemsFile;

    public boolean forItems() {
        return forItems != null || forItemsFile != null;
    }

    /** Whether lists are for histories instead of users of the model. */
    public boolean histories() {
        return history != null || histories != null;
    }
}
