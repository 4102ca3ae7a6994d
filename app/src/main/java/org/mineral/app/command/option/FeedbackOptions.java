package org.mineral.app.command.option;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.Server;
import org.mineral.config.InputException;
import org.mineral.data.text.TextFile;
import picocli.CommandLine.Option;

/** The feedback log of a server, and the key of those who may write to it. */
public final class FeedbackOptions {

    private static final String KEY_VARIABLE = "MINERAL_API_KEY";
    private static final int LEAST_KEY = 16;

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

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "File with the key for requests that change something. Default: MINERAL_API_KEY, or none.")
    @Nullable
    Path keyFile;

    /** @throws InputException if an option is out of range or lacks another */
    public void into(Server.Builder server) throws IOException {
        Ranges.check("--feedback-limit", mostEvents, 1);
        if (repairFeedback && feedback == null && additions == null) {
            throw new InputException(
                    "--repair-feedback repairs the logs of --feedback FILE and --additions FILE; give one, too.");
        }
        String key = key();
        if ((feedback != null || additions != null) && key == null) {
            throw new InputException((feedback != null ? "--feedback" : "--additions")
                    + " needs a key, so that not everybody can write to the log:" + " --api-key-file FILE, or "
                    + KEY_VARIABLE + " in the environment.");
        }
        server.feedback(feedback)
                .additions(additions)
                .mostEvents(mostEvents)
                .repairFeedback(repairFeedback)
                .apiKey(key);
    }

    private @Nullable String key() throws IOException {
        String key = keyFile == null
                ? System.getenv(KEY_VARIABLE)
                : TextFile.text(keyFile).strip();
        if (key != null && key.length() < LEAST_KEY) {
            throw new InputException("the key in " + (keyFile == null ? KEY_VARIABLE : keyFile) + " has " + key.length()
                    + " characters; allowed: " + LEAST_KEY + " or more, random: openssl rand -hex 32.");
        }
        return key;
    }
}
