package org.mineral.app.command.output;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.Updated;
import org.mineral.app.json.JsonText;
import org.mineral.data.Dataset;
import org.mineral.model.Model;

/**
 * The report of an update, as text and JSON.
 *
 * @param described the updated model with the users and items of side files
 * @param news the new data
 * @param place where the model was saved
 */
public record UpdateReport(Updated<?> result, Model described, Dataset news, Path place) {

    /** Users that only side files know. */
    private int moreUsers() {
        return described.users().size() - result.model().users().size();
    }

    /** As {@link #moreUsers}, of items. */
    private int moreItems() {
        return described.items().size() - result.model().items().size();
    }

    /** What was new, and how long it took. */
    public String line() {
        if (result.training() == null) {
            String why =
                    news.train().size() == 0 ? " holds no interactions" : ": the model knows every interaction in it";
            String rest = described == result.model()
                    ? "nothing to update, " + place + " is the unchanged model"
                    : more() + ", saved in " + place;
            return news.name() + why + "; " + rest;
        }
        return String.format(
                Locale.ROOT,
                "%,d new interactions, %,d new users, %,d new items%s: updated in %.1f s, saved in %s",
                result.newPairs(),
                result.newUsers(),
                result.newItems(),
                described == result.model() ? "" : ", " + more(),
                seconds(),
                place);
    }

    private String more() {
        return String.format(
                Locale.ROOT, "%,d more users and %,d more items by their attributes", moreUsers(), moreItems());
    }

    /** The same as JSON. */
    public Map<String, Object> document() {
        Fit<?> training = result.training();
        return JsonText.object(
                "model", place.toString(),
                "newUsers", result.newUsers() + moreUsers(),
                "newItems", result.newItems() + moreItems(),
                "newInteractions", result.newPairs(),
                "foldSeconds", result.foldSeconds(),
                "epochs", training == null ? 0 : training.curve().size(),
                "seconds", seconds());
    }

    private double seconds() {
        Fit<?> training = result.training();
        return result.foldSeconds() + (training == null ? 0 : training.seconds());
    }
}
