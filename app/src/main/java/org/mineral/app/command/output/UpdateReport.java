package org.mineral.app.command.output;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.Updated;
import org.mineral.app.json.JsonText;
import org.mineral.data.Dataset;

/**
 * The report of an update, as text and JSON.
 *
 * @param news the new data
 * @param place where the model was saved
 */
public record UpdateReport(Updated<?> result, Dataset news, Path place) {

    /** What was new, and how long it took. */
    public String line() {
        if (result.training() == null) {
            String why =
                    news.train().size() == 0 ? " holds no interactions" : ": the model knows every interaction in it";
            return news.name() + why + "; nothing to update, " + place + " is the unchanged model";
        }
        return String.format(
                Locale.ROOT,
                "%,d new interactions, %,d new users, %,d new items: updated in %.1f s, saved in %s",
                result.newPairs(),
                result.newUsers(),
                result.newItems(),
                seconds(),
                place);
    }

    /** The same as JSON. */
    public Map<String, Object> document() {
        Fit<?> training = result.training();
        return JsonText.object(
                "model", place.toString(),
                "newUsers", result.newUsers(),
                "newItems", result.newItems(),
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
