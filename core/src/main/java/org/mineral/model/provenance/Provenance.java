package org.mineral.model.provenance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from, kept in {@code model.json}. Immutable.
 *
 * @param data that it was trained on
 * @param trainer that trained it
 * @param selection of its settings and its epoch
 * @param ensemble the models that it was joined from; null if it was trained as one
 * @param update its last update; null if there was none
 * @param software that made it
 * @param extra facts of callers by name, and those of a file that are of another type than Mineral writes; values are strings, numbers,
 *     booleans, or lists and maps of these
 */
public record Provenance(
        DataProvenance data,
        TrainerProvenance trainer,
        SelectionProvenance selection,
        @Nullable EnsembleProvenance ensemble,
        @Nullable UpdateProvenance update,
        SoftwareProvenance software,
        Map<String, Object> extra) {

    /** Nothing is known. */
    public static final Provenance NONE = of(Map.of());

    public Provenance {
        extra = Collections.unmodifiableMap(new TreeMap<>(extra));
    }

    /** From facts by name, as {@link #facts} gives them. */
    public static Provenance of(Map<String, ?> facts) {
        FactReader reader = new FactReader(facts);
        return new Provenance(
                DataProvenance.read(reader),
                TrainerProvenance.read(reader),
                SelectionProvenance.read(reader),
                EnsembleProvenance.read(reader),
                UpdateProvenance.read(reader),
                SoftwareProvenance.read(reader),
                reader.left());
    }

    /** All facts under the names of {@code model.json}, in alphabetical order, so that the same facts make the same file. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new TreeMap<>(extra);
        facts.putAll(data.facts());
        facts.putAll(trainer.facts());
        facts.putAll(selection.facts());
        if (ensemble != null) {
            facts.putAll(ensemble.facts());
        }
        if (update != null) {
            facts.putAll(update.facts());
        }
        facts.putAll(software.facts());
        return Collections.unmodifiableMap(facts);
    }

    /** What runs of the same settings must have in common to give the same bits, as text: the data's fingerprint and the software. */
    public Map<String, String> identity() {
        Map<String, String> identity = new TreeMap<>();
        DataProvenance hash = new DataProvenance(null, data.hash(), null, null, false, Map.of());
        hash.facts().forEach((name, value) -> identity.put(name, value.toString()));
        software.facts().forEach((name, value) -> identity.put(name, value.toString()));
        return identity;
    }

    /** A copy with what a part says, in place of what was said of the same. */
    public Provenance with(ProvenancePart part) {
        return with(part.facts());
    }

    /** A copy with all that another says, in place of what was said of the same. */
    public Provenance with(Provenance more) {
        return with(more.facts());
    }

    /**
     * A copy with a fact of the caller's own, in place of another of its name.
     *
     * @throws IllegalArgumentException if Mineral itself has a fact of this name
     */
    public Provenance withExtra(String name, Object value) {
        Provenance more = of(Map.of(name, value));
        if (more.extra.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' is a fact of Mineral's own; choose another name");
        }
        return with(more);
    }

    /** A copy that says what a part does where it says nothing itself. */
    public Provenance orElse(ProvenancePart part) {
        return of(part.facts()).with(this);
    }

    private Provenance with(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(facts());
        all.putAll(more);
        return of(all);
    }
}
