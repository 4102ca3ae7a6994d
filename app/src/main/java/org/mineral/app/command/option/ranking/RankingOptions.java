package org.mineral.app.command.option.ranking;

import java.io.IOException;
import java.util.function.Consumer;
import org.mineral.app.command.option.Ranges;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.recommend.Query;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which part of a ranking is listed, and which items may be in it. */
public final class RankingOptions {

    @Mixin
    ItemOptions items = new ItemOptions();

    @Option(names = "-n", paramLabel = "N", description = "Length of a list. Default: 20.")
    int n = 20;

    @Option(
            names = "--offset",
            paramLabel = "N",
            description = "How many of the best to skip: page k begins at k times n. Default: 0.")
    int offset;

    @Option(
            names = "--exclude-seen",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Leave out what the user is known to have taken, in training or held out. Default: yes.")
    boolean excludeSeen = true;

    @Option(
            names = "--allow-repeats",
            description = "What the user took may come again: the same as --no-exclude-seen.")
    boolean allowRepeats;

    @Option(
            names = "--diversity",
            paramLabel = "D",
            description = "From 0, the best scores, to 1, items that differ most from each other. Default: 0.")
    double diversity;

    /**
     * @param ofUsers whether users are ranked instead of items
     * @throws InputException if a number is out of range, or an option that chooses items is given for a list of users
     */
    public void check(boolean ofUsers) {
        Ranges.check("-n", n, 1);
        Ranges.check("--offset", offset, 0);
        Ranges.checkShare("--diversity", diversity);
        if (ofUsers && (items.choose() || offset > 0 || diversity > 0)) {
            throw new InputException(
                    "--for-items lists users, and --only, --exclude, --filter, --offset and --diversity "
                            + "choose items; leave them out.");
        }
    }

    public ItemOptions items() {
        return items;
    }

    public int n() {
        return n;
    }

    public boolean includeSeen() {
        return allowRepeats || !excludeSeen;
    }

    /** @param notes receives a line about ids that the model does not know */
    public Query query(IdMap known, Consumer<String> notes) throws IOException {
        Query query = items.query(known, n, offset, includeSeen(), diversity);
        items.noteIgnored(known, query, notes);
        return query;
    }
}
