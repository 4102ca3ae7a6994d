package org.mineral.app.command.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.app.json.JsonText;
import org.mineral.recipe.TrainedModel;
import org.mineral.tune.preset.Preset;

/** The report of a finished training, as text and JSON. */
public final class TrainReport {

    private TrainReport() {}

    /**
     * As text.
     *
     * @param place where the model was saved
     * @param information of each epoch; null if it was not measured
     */
    public static List<String> lines(TrainedModel trained, Path place, @Nullable InformationCurve information) {
        List<String> lines = new ArrayList<>();
        if (information != null) {
            lines.addAll(information.lines(trained.fit().curve()));
        }
        Fit<?> fit = trained.fit();
        String epochs = trained.iterative()
                ? ", epoch " + fit.bestEpoch() + " of " + fit.curve().size()
                : "";
        lines.add(String.format(
                Locale.ROOT, "%s%s: trained in %.1f s, saved in %s", trained.name(), epochs, fit.seconds(), place));
        return lines;
    }

    /**
     * The JSON document.
     *
     * @param information of each epoch; null if it was not measured
     */
    public static Map<String, Object> document(
            TrainedModel trained, Path place, @Nullable InformationCurve information, int threads) {
        Fit<?> fit = trained.fit();
        Map<String, Object> document = JsonText.object(
                "model", place.toString(), "kind", trained.algorithm().spec().algorithm());
        String loss = trained.algorithm().spec().loss();
        if (!loss.isEmpty()) {
            document.put("loss", loss);
        }
        document.put("settings", trained.settings());
        document.putAll(JsonText.object(
                "users", trained.data().users().size(),
                "items", trained.data().items().size(),
                "interactions", trained.data().train().size()));
        if (trained.iterative()) {
            document.putAll(JsonText.object("epochs", fit.curve().size(), "bestEpoch", fit.bestEpoch()));
        }
        document.putAll(JsonText.object(
                "seconds", fit.seconds(),
                "protocol", trained.protocol().toString(),
                "optimistic", trained.protocol().optimistic(),
                "curve", curve(fit, information)));
        document.putAll(RunFacts.of(trained.data(), trained.seed(), threads));
        Preset preset = trained.protocol().preset();
        if (preset != null) {
            document.put("preset", preset.name());
        }
        if (trained.search() != null) {
            document.put("search", trained.search());
        }
        return document;
    }

    private static List<Map<String, Object>> curve(Fit<?> fit, @Nullable InformationCurve information) {
        List<Map<String, Object>> curve = new ArrayList<>();
        for (Epoch e : fit.curve()) {
            Map<String, Object> entry = JsonText.object(
                    "epoch", e.number(), "loss", e.loss(), "seconds", e.seconds(), "validation", e.validation());
            if (information != null) {
                entry.put("information", information.json(e.number()));
            }
            curve.add(entry);
        }
        return curve;
    }
}
