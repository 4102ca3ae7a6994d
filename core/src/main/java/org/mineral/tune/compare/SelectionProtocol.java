package org.mineral.tune.compare;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.rows.ReadOptions;
import org.mineral.tune.preset.AutoPreset;
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
 * @param searched whether each model has a search of its own ({@link org.mineral.tune.auto.DefaultSearch#ofAny}) for its settings and epochs. It
 *     chooses on the validation part; if the data have none, on a part of the training interactions that it holds out as {@code train} does,
 *     unless {@code heldOut} asks for certain ones
 */
public record SelectionProtocol(
        @Nullable Preset preset, boolean optimistic, boolean retrain, HoldOut.Order heldOut, boolean searched) {

    public static final SelectionProtocol DEFAULTS =
            new SelectionProtocol(null, false, false, HoldOut.Order.RANDOM, false);

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
        if (searched && (optimistic || preset != null)) {
            throw new InputException("a search finds the settings of each model on held-out data; leave out "
                    + (optimistic ? "the protocol paper" : "the preset") + ", or the search.");
        }
        if (heldOut != HoldOut.Order.RANDOM && optimistic) {
            throw new InputException(
                    "the protocol paper chooses on the test part and has no validation part;",
                    Hint.of("", Hint.Action.NO_VALIDATION));
        }
    }

    /**
     * What holds where nothing is said: a search for each model, unless one of the given settings says how to begin, being one that the preset
     * {@code auto} gives or was not fitted with.
     *
     * @param settings names of given settings
     */
    public static SelectionProtocol byDefault(Set<String> settings) {
        return DEFAULTS.searched(AutoPreset.fits(ModelSpec.of(ModelSpec.DEFAULT).loss(), settings));
    }

    public SelectionProtocol preset(@Nullable Preset preset) {
        return new SelectionProtocol(preset, optimistic, retrain, heldOut, searched);
    }

    /** Whether data without a validation part stay so, because each search holds out its own. */
    boolean holdsOutBySearch() {
        return searched && heldOut == HoldOut.Order.RANDOM;
    }

    /** Whether each model has a search of its own. */
    public SelectionProtocol searched(boolean searched) {
        return new SelectionProtocol(preset, optimistic, retrain, heldOut, searched);
    }

    /** The protocol of papers, see {@link PaperProtocol}. */
    public SelectionProtocol paper() {
        return new SelectionProtocol(preset, true, retrain, heldOut, searched);
    }

    public SelectionProtocol retrained(boolean retrain) {
        return new SelectionProtocol(preset, optimistic, retrain, heldOut, searched);
    }

    public SelectionProtocol heldOut(HoldOut.Order heldOut) {
        return new SelectionProtocol(preset, optimistic, retrain, heldOut, searched);
    }

    /** {@code validation}, {@code validation (last), searched, retrained} or {@code paper}. */
    @Override
    public String toString() {
        String validation =
                heldOut == HoldOut.Order.RANDOM ? "validation" : "validation (" + Names.kebab(heldOut) + ")";
        return optimistic() ? "paper" : validation + (searched ? ", searched" : "") + (retrain ? ", retrained" : "");
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
