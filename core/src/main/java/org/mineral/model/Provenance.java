package org.mineral.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a model comes from: facts about its making, kept in {@code model.json}. The names of the facts that Mineral itself writes and
 * reads are declared here; callers may add others. Immutable.
 *
 * @param facts by name, in alphabetical order, so that the same facts make the same file; values are strings, numbers, booleans, or
 *     lists and maps of these
 */
public record Provenance(Map<String, Object> facts) {

    /** The name of the data: a string. */
    public static final String DATA = "data";

    /** SHA-256 of the data: a string. */
    public static final String DATA_HASH = "data_hash";

    /** Where the data were read from, as the user wrote it: a string. */
    public static final String SOURCE = "source";

    /** How dates in the data were read, if it was said: a string. */
    public static final String TIME_FORMAT = "time_format";

    /** That bad rows of the data were left out: true. */
    public static final String SKIP_BAD = "skip_bad";

    /** The seed of the run: a whole number. */
    public static final String SEED = "seed";

    /** The algorithm, where its name is another than the kind of model: a string. */
    public static final String ALGORITHM = "algorithm";

    /** What the settings began with: a preset's name. */
    public static final String PRESET = "preset";

    /** What a search before the training found: a map. */
    public static final String SEARCH = "search";

    /** What the epoch was chosen by, if not the validation part: a string. */
    public static final String PROTOCOL = "protocol";

    /** What was held out of the training part for validation: a share, or a string such as {@code last:0.1}. */
    public static final String VALIDATION = "validation";

    /** That the training part is train and validation part together: true. */
    public static final String WITH_VALID = "with_valid";

    /** What was held out to choose on, if not interactions at random, of a model that was then trained on all: a string. */
    public static final String CHOSEN_ON = "chosen_on";

    /** The settings of a teacher: a map. */
    public static final String TEACHER = "teacher";

    /** How many models were joined: a whole number. */
    public static final String ENSEMBLE = "ensemble";

    /** The seeds of the models that were joined: a list. */
    public static final String SEEDS = "seeds";

    /** The last update: a map. */
    public static final String UPDATE = "update";

    /** Mineral's version: a string. */
    public static final String MINERAL = "mineral";

    /** Java's version: a string. */
    public static final String JDK = "jdk";

    /** The kernels: a string. */
    public static final String KERNEL = "kernel";

    /** Nothing is known. */
    public static final Provenance NONE = new Provenance(Map.of());

    public Provenance {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /** A copy with a fact, in place of another of its name. */
    public Provenance with(String name, Object value) {
        return with(Map.of(name, value));
    }

    /** A copy with facts, in place of others of their names. */
    public Provenance with(Map<String, ?> more) {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.putAll(more);
        return new Provenance(all);
    }

    /** A copy with those of the facts whose names are not there yet. */
    public Provenance orElse(Map<String, ?> others) {
        Map<String, Object> all = new LinkedHashMap<>(others);
        all.putAll(facts);
        return new Provenance(all);
    }

    /** A fact of any type. */
    public Optional<Object> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    /** A fact that is a string; empty if it is anything else. */
    public Optional<String> text(String name) {
        return fact(name).filter(String.class::isInstance).map(String.class::cast);
    }

    /** The name of the data. */
    public Optional<String> data() {
        return text(DATA);
    }

    /** SHA-256 of the data. */
    public Optional<String> dataHash() {
        return text(DATA_HASH);
    }

    /** The algorithm, where its name is another than the kind of model. */
    public Optional<String> algorithm() {
        return text(ALGORITHM);
    }

    /** What the epoch was chosen by, if not the validation part. */
    public Optional<String> protocol() {
        return text(PROTOCOL);
    }

    /** Whether the training part is train and validation part together. */
    public boolean withValid() {
        return facts.containsKey(WITH_VALID);
    }

    /** Whether it is several models joined to one. */
    public boolean ensemble() {
        return facts.containsKey(ENSEMBLE);
    }

    /** Whether it learnt from a teacher. */
    public boolean taught() {
        return facts.containsKey(TEACHER);
    }
}
