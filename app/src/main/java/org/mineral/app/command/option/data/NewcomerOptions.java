package org.mineral.app.command.option.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.data.attributes.FurtherRows;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Model;
import picocli.CommandLine.Option;

/** Side files of items and users that came after training. */
public final class NewcomerOptions {

    @Option(
            names = "--item-features",
            paramLabel = "FILE",
            description = {
                "Items that came after training, with attributes, in the columns of the side file that the model was",
                "trained with: recommended by them. A server reads it at the start and at each reload."
            })
    @Nullable
    Path items;

    @Option(names = "--user-features", paramLabel = "FILE", description = "The same for users.")
    @Nullable
    Path users;

    public @Nullable Path items() {
        return items;
    }

    public @Nullable Path users() {
        return users;
    }

    /** The model with the items and users of the files; the same if there are none. */
    public Model into(Model model, Consumer<String> notes) throws IOException {
        Model all = model;
        if (items != null) {
            FurtherRows rows = FurtherRows.ofItems(items, all.items(), all.itemAttributes());
            rows.notes().forEach(notes);
            all = all.require(AttributeScorer.class).withItems(rows.ids(), rows.rows());
        }
        if (users != null) {
            FurtherRows rows = FurtherRows.ofUsers(users, all.users(), all.userAttributes());
            rows.notes().forEach(notes);
            all = all.require(AttributeScorer.class).withUsers(rows.ids(), rows.rows());
        }
        return all;
    }
}
