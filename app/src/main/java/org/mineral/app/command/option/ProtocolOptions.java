package org.mineral.app.command.option;

import org.mineral.tune.compare.SelectionProtocol;
import picocli.CommandLine.Mixin;

/** What models begin with, what they are chosen by, and what is held out for it. */
public final class ProtocolOptions {

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Mixin
    ValidationOption validation = new ValidationOption();

    /**
     * @param retrain see {@link SelectionProtocol#retrain}
     * @throws org.mineral.config.InputException for an unknown name, or parts that exclude each other
     */
    public SelectionProtocol protocol(boolean retrain) {
        return selection.protocol(retrain).heldOut(validation.order());
    }
}
