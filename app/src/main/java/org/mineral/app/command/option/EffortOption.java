package org.mineral.app.command.option;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.tune.compare.SelectionProtocol;
import picocli.CommandLine.Option;

/** Whether models begin with a short search, as {@code train} does, for verbs that compare and search. */
public final class EffortOption {

    private static final String NORMAL = "normal";
    private static final List<String> NAMES = List.of("quick", NORMAL);
    private static final String THOROUGH = "thorough";

    @Option(
            names = "--effort",
            paramLabel = "NAME",
            description = "What may be spent on finding settings for each model to begin with: normal, a short "
                    + "search as of `train`, or quick, none: its own defaults, or the preset's. Default: "
                    + "normal, unless another option or a --set of what --preset auto gives says how to begin.")
    @Nullable
    String effort;

    /**
     * The protocol, with a search or without.
     *
     * @param settings names of settings that are given
     * @param begun whether another option says how to begin
     * @throws InputException for an unknown name, or a search beside a preset or the protocol of papers
     */
    public SelectionProtocol of(SelectionProtocol protocol, Set<String> settings, boolean begun) {
        if (effort == null) {
            return protocol.searched(
                    !begun && SelectionProtocol.byDefault(settings).searched());
        }
        if (effort.equals(THOROUGH)) {
            throw new InputException(
                    "--effort thorough chooses one model among all, with their settings, and tests it against "
                            + "the runners-up; here each model has a search within the same limit. For that choice: "
                            + "mineral train DATA -o MODEL --effort thorough --minutes M. For more trials of the same models: "
                            + "mineral tune DATA --losses LOSS,LOSS --minutes M.");
        }
        if (!NAMES.contains(effort)) {
            throw InputException.unknown("effort", effort, NAMES);
        }
        return protocol.searched(effort.equals(NORMAL));
    }
}
