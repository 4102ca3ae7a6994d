package org.mineral.app.command.option.serve;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.Ranges;
import org.mineral.app.serve.Server;
import org.mineral.config.InputException;
import picocli.CommandLine.Option;

/** The feedback log of a server. */
public final class FeedbackOptions {

    @Option(
            names = "--feedback",
            paramLabel = "FILE",
            description =
                    "Log of events that POST /v1/feedback appends to, read at the start; created if it is missing.")
    @Nullable
    Path feedback;

    @Option(
            names = "--repair-feedback",
            description = "Start with a damaged feedback log: its damaged lines are moved to FILE.damaged.")
    boolean repairFeedback;

    @Option(
            names = "--feedback-limit",
            paramLabel = "N",
            description = "Largest number of events in the log. Default: 1000000.")
    int mostEvents = Server.Builder.MOST_EVENTS;

    @Option(
            names = "--additions",
            paramLabel = "FILE",
            description =
                    "Log of items and users that POST /v1/items and /v1/users append to, with their attributes, read at the start; "
                            + "created if it is missing.")
    @Nullable
    Path additions;

    /**
     * @param writable whether the server has a write key
     * @throws InputException if an option is out of range or lacks another
     */
    public void into(Server.Builder server, boolean writable) {
        Ranges.check("--feedback-limit", mostEvents, 1);
        if (repairFeedback && feedback == null && additions == null) {
            throw new InputException(
                    "--repair-feedback repairs the logs of --feedback FILE and --additions FILE; give one, too.");
        }
        if ((feedback != null || additions != null) && !writable) {
            throw new InputException((feedback != null ? "--feedback" : "--additions")
                    + " needs a key, so that not everybody can write to the log: --write-key-file FILE, or "
                    + "MINERAL_WRITE_KEY in the environment.");
        }
        server.feedback(feedback).additions(additions).mostEvents(mostEvents).repairFeedback(repairFeedback);
    }
}
