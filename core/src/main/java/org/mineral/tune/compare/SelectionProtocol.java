package org.mineral.tune.compare;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.rows.ReadOptions;
import org.mineral.tune.preset.Preset;

/**
 * On which terms losses are compared, tuned or trained.
 *
 * @param preset what the losses that it knows begin with; null for their defaults
 * @param selection what epochs and settings are chosen by
 * @param retrain whether a model is trained again, on train and validation part together, for as many epochs as were best on
 *     the validation part, before it is measured. Tuning always does
 * @param heldOut which of each user's interactions become the validation part, where the data have none
 */
public record SelectionProtocol(@Nullable Preset preset, Selection selection, boolean retrain, HoldOut.Order heldOut) {

    public static final SelectionProtocol DEFAULTS = new SelectionProtocol(null, Selection.VALIDATION, false);

    /** Validation by interactions at random. */
    public SelectionProtocol(@Nullable Preset preset, Selection selection, boolean retrain) {
        this(preset, selection, retrain, HoldOut.Order.RANDOM);
    }

    /** The setting that is about the order of interactions. */
    private static final String RECENCY = "recency";

    /** What is decided elsewhere, whatever a preset says. */
    private static final List<String> ELSEWHERE = List.of("epochs", "patience", "seed");

    /** What is looked at to choose. */
    public enum Selection {
        /** The validation part; the test part is looked at once, at the end. */
        VALIDATION,

        /** The test part itself, as papers do: figures on it are optimistic. */
        PAPER
    }

    public SelectionProtocol {
        if (retrain && selection == Selection.PAPER) {
            throw new InputException(
                    "the protocol paper trains on all of train from the first, so there is nothing to retrain;",
                    Hint.of("", Hint.Action.NO_RETRAIN));
        }
        if (heldOut == HoldOut.Order.LAST && selection == Selection.PAPER) {
            throw new InputException(
                    "the protocol paper chooses on the test part and has no validation part;",
                    Hint.of("", Hint.Action.NO_VALIDATION));
        }
    }

    public SelectionProtocol preset(@Nullable Preset preset) {
        return new SelectionProtocol(preset, selection, retrain, heldOut);
    }

    public SelectionProtocol heldOut(HoldOut.Order heldOut) {
        return new SelectionProtocol(preset, selection, retrain, heldOut);
    }

    public boolean optimistic() {
        return selection == Selection.PAPER;
    }

    /** {@code validation}, {@code validation (last), retrained} or {@code paper}. */
    @Override
    public String toString() {
        String validation = heldOut == HoldOut.Order.LAST ? "validation (last)" : "validation";
        return optimistic() ? "paper" : validation + (retrain ? ", retrained" : "");
    }

    /**
     * How data are read that will be trained on: with the order of the file, 8 bytes an interaction, only where it is needed.
     *
     * @param settings the names of all that is set or varied
     */
    public ReadOptions readOptions(Collection<String> settings) {
        boolean ordered = settings.contains(RECENCY)
                || preset != null
                        && preset.losses().stream()
                                .anyMatch(loss -> preset.names(loss).contains(RECENCY));
        return ordered ? ReadOptions.DEFAULTS.with("keep_order", true) : ReadOptions.of(heldOut);
    }

    /** What a model is trained with: the preset's settings of it, and those given, which go first. */
    public Map<String, String> settings(ModelSpec spec, Dataset divided, Map<String, String> given) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (preset != null) {
            settings.putAll(preset.settings(Preset.key(spec), divided.train()));
            settings.keySet().removeAll(ELSEWHERE);
        }
        settings.putAll(given);
        return settings;
    }
}
