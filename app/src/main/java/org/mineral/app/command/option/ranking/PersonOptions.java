package org.mineral.app.command.option.ranking;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.model.Model;
import org.mineral.recommend.Recommendations;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** One person: a user of the model, or a history. */
public final class PersonOptions {

    @Option(names = "--user", paramLabel = "ID", description = "A user of the model.")
    @Nullable
    String user;

    @ArgGroup(exclusive = false)
    @Nullable
    HistoryOptions history;

    /**
     * The id of a user about whom something was learnt; null for a history.
     *
     * @throws org.mineral.config.InputException if the model knows nothing about the user
     */
    public @Nullable String user(Model model) {
        int index = user == null ? -1 : model.users().index(user);
        if (user != null && (index < 0 || !model.ranksFor(index))) {
            model.recommend(user, 1); // refuses, and says what to do
        }
        return user;
    }

    /**
     * The items of the history, oldest first, each of weight 1; of one that is given twice the last counts.
     *
     * @throws org.mineral.config.InputException if the model knows nothing about one of them
     */
    public Map<String, Double> history(Model model) throws IOException {
        HistoryOptions given = Objects.requireNonNull(history);
        List<String> ids = given.ids(model.items());
        ids.forEach(id -> TargetResolver.refuseUnknown(model, given.option(), id, "leave it out."));
        return Recommendations.weights(ids);
    }
}
