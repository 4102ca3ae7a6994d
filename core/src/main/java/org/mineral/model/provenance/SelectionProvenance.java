package org.mineral.model.provenance;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.data.HoldOut;

/**
 * How a model's settings and its epoch were chosen.
 *
 * @param preset that the settings began with
 * @param search what a search before the training found
 * @param protocol what the epoch was chosen by, if not the validation part
 * @param validation what was held out of the training part for validation
 * @param withValid whether the training part is train and validation part together
 * @param chosenOn what was held out to choose on, if not interactions at random, of a model that was then trained on all
 */
public record SelectionProvenance(
        @Nullable String preset,
        @Nullable SearchProvenance search,
        @Nullable String protocol,
        @Nullable HoldOut validation,
        boolean withValid,
        @Nullable String chosenOn)
        implements ProvenancePart {

    /** Says nothing. */
    public static final SelectionProvenance NONE = new SelectionProvenance(null, null, null, null, false, null);

    public SelectionProvenance withPreset(String preset) {
        return new SelectionProvenance(preset, search, protocol, validation, withValid, chosenOn);
    }

    public SelectionProvenance withSearch(SearchProvenance search) {
        return new SelectionProvenance(preset, search, protocol, validation, withValid, chosenOn);
    }

    public SelectionProvenance withProtocol(String protocol) {
        return new SelectionProvenance(preset, search, protocol, validation, withValid, chosenOn);
    }

    public SelectionProvenance withValidation(HoldOut validation) {
        return new SelectionProvenance(preset, search, protocol, validation, withValid, chosenOn);
    }

    public SelectionProvenance withValidInTrain() {
        return new SelectionProvenance(preset, search, protocol, validation, true, chosenOn);
    }

    public SelectionProvenance withChosenOn(String heldOut) {
        return new SelectionProvenance(preset, search, protocol, validation, withValid, heldOut);
    }

    @Override
    public Map<String, Object> facts() {
        return new FactWriter()
                .put("preset", preset)
                .put("search", search == null ? null : search.facts())
                .put("protocol", protocol)
                .put("validation", validation == null ? null : validation.plain())
                .put("with_valid", withValid)
                .put("chosen_on", chosenOn)
                .facts();
    }

    static SelectionProvenance read(FactReader facts) {
        return new SelectionProvenance(
                facts.text("preset"),
                facts.part("search", SearchProvenance::read),
                facts.text("protocol"),
                facts.heldOut("validation"),
                facts.flag("with_valid"),
                facts.text("chosen_on"));
    }
}
