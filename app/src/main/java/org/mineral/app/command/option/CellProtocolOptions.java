package org.mineral.app.command.option;

import java.util.Set;
import org.mineral.tune.compare.SelectionProtocol;
import picocli.CommandLine.Mixin;

/** What is held out for the cells of an ablation, and what they begin with. */
public final class CellProtocolOptions {

    @Mixin
    ValidationOption validation = new ValidationOption();

    @Mixin
    EffortOption effort = new EffortOption();

    /**
     * @param given names of the settings that are given
     * @throws org.mineral.config.InputException for an unknown name
     */
    public SelectionProtocol protocol(Set<String> given) {
        return effort.of(SelectionProtocol.DEFAULTS.heldOut(validation.order()), given, false);
    }
}
