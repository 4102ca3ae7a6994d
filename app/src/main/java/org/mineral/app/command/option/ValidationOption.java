package org.mineral.app.command.option;

import org.mineral.data.HoldOut;
import picocli.CommandLine.Option;

/** The hold-out for validation if the data have no validation part, for verbs that search or compare. */
public final class ValidationOption {

    @Option(
            names = "--validation",
            paramLabel = "WHICH",
            description = "What is held out where the data have no validation part: a tenth of each user's training "
                    + "interactions at random, or last (by time, else in the order of the file), for a test "
                    + "part that is later, or popularity, drawn so that items count alike. Default: random.")
    String validation = "random";

    public HoldOut.Order order() {
        return HoldOut.Order.parse(validation);
    }
}
