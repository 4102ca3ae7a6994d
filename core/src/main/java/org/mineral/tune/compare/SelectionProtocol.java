package org.mineral.tune.compare;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.rows.ReadOptions;
import org.mineral.tune.preset.Preset;

/**
 * How models are selected in comparison, tuning and training. {@link #DEFAULTS} chooses on the validation part; the methods give changed copies.
 *
 * @param preset initial settings of the losses that it covers; null for their defaults
 * @param optimistic whether epochs and settings are chosen on the test part, as in many papers, so that figures on it are optimistic;
 *     otherwise on the validation part, and the test part is used once, at the end
 * @param retrain whether a model is trained again, on train and validation part together, for as many epochs as were best on
 *     the validation part, before it is measured. Tuning always does
 * @param heldOut which of each user's interactions become the validation part if the data have none
 */
public record SelectionProtocol(@Nullable Preset preset, boolean optimistic, boolean retrain, HoldOut.Order heldOut) {

    public static final SelectionProtocol DEFAULTS = new SelectionProtocol(null, false, false, HoldOut.Order.RANDOM);

    /** The setting that needs the order of interactions. */
    private static final String RECENCY = "recency";

    /** Settings that a preset does not override. */
    private static final List<String> ELSEWHERE = List.of("epochs", "patience", "seed");

    public SelectionProtocol {
        if (retrain && optimistic) {
            throw new InputException(
                    "the protocol paper trains on all of train from the first, so there is nothing to retrain;",
                    Hint.of("", Hint.Action.NO_RETRAIN));
        }
        if (heldOut != HoldOut.Order.RANDOM && optimistic) {
            throw new InputException(
                    "the protocol paper chooses on the test part and has no validation part;",
                    Hint.of("", Hint.Action.NO_VALIDATION));
        }
    }

    public SelectionProtocol preset(@Nullable Preset preset) {
        return new SelectionProtocol(preset, optimistic, retrain, heldOut);
    }

    /** The protocol of papers, see {@link PaperProtocol}. */
    public SelectionProtocol paper() {
        return new SelectionProtocol(preset, true, retrain, heldOut);
    }

    public SelectionProtocol retrained(boolean retrain) {
        return new SelectionProtocol(preset, optimistic, retrain, heldOut);
    }

    public SelectionProtocol heldOut(HoldOut.Order heldOut) {
        return new SelectionProtocol(preset, optimistic, retrain, heldOut);
    }

    /** {@code validation}, {@code validation (last), retrained} or {@code paper}. */
    @Override
    public String toString() {
        String validation =
                heldOut == HoldOut.Order.RANDOM ? "validation" : "validation (" + Names.kebab(heldOut) + ")";
        return optimistic() ? "paper" : validation + (retrain ? ", retrained" : "");
    }

    /**
     * Options for reading training data: keeps the order of the file (8 bytes for each interaction) only if needed.
     *
     * @param models that are trained
     * @param settings names of settings that are set or varied for all of them
     */
    public ReadOptions readOptions(Collection<ModelSpec> models, Collection<String> settings) {
        boolean ordered = settings.contains(RECENCY)
                || models.stream().anyMatch(model -> model.configured().readsOrder())
                || preset != null
                        && preset.losses().stream()
                                .anyMatch(loss -> preset.names(loss).contains(RECENCY));
        return ordered ? ReadOptions.DEFAULTS.with("keep_order", true) : ReadOptions.of(heldOut);
    }

    /** The settings of a model: the preset's, overridden by those given. */
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
