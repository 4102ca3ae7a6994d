package org.mineral.app.command.option;

import java.util.Set;
import org.mineral.tune.compare.SelectionProtocol;
import picocli.CommandLine.Mixin;

/** What models begin with, what they are chosen by, and what is held out for it. */
public final class ProtocolOptions {

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Mixin
    ValidationOption validation = new ValidationOption();

    @Mixin
    EffortOption effort = new EffortOption();

    /**
     * @param retrain see {@link SelectionProtocol#retrain}
     * @param settings names of settings that are given
     * @param begun whether something else says how models begin
     * @throws org.mineral.config.InputException for an unknown name, or parts that exclude each other
     */
    public SelectionProtocol protocol(boolean retrain, Set<String> settings, boolean begun) {
        SelectionProtocol protocol = selection.protocol(retrain).heldOut(validation.order());
        return effort.of(protocol, settings, begun || selection.preset != null || protocol.optimistic());
    }
}
