package org.mineral.model.provenance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The data of a model.
 *
 * @param name of the data
 * @param hash their fingerprint, SHA-256
 * @param source where they were read from, as the user wrote it
 * @param timeFormat how dates were read, if it was said
 * @param skipBad whether bad rows were left out
 * @param features side files of attributes, and how they were read: {@code item_features}, {@code user_features}, {@code feature_columns},
 *     {@code feature_min_rows}; empty without any
 */
public record DataProvenance(
        @Nullable String name,
        @Nullable String hash,
        @Nullable String source,
        @Nullable String timeFormat,
        boolean skipBad,
        Map<String, String> features)
        implements ProvenancePart {

    /** Says nothing. */
    public static final DataProvenance NONE = new DataProvenance(null, null, null, null, false, Map.of());

    /** The names that {@code features} may have. */
    private static final List<String> FEATURES =
            List.of("item_features", "user_features", "feature_columns", "feature_min_rows");

    public DataProvenance {
        features = Map.copyOf(features);
    }

    public DataProvenance withFeatures(Map<String, String> given) {
        return new DataProvenance(name, hash, source, timeFormat, skipBad, given);
    }

    public DataProvenance withName(String name) {
        return new DataProvenance(name, hash, source, timeFormat, skipBad, features);
    }

    public DataProvenance withHash(String hash) {
        return new DataProvenance(name, hash, source, timeFormat, skipBad, features);
    }

    public DataProvenance withSource(String source) {
        return new DataProvenance(name, hash, source, timeFormat, skipBad, features);
    }

    public DataProvenance withTimeFormat(String timeFormat) {
        return new DataProvenance(name, hash, source, timeFormat, skipBad, features);
    }

    public DataProvenance withSkipBad() {
        return new DataProvenance(name, hash, source, timeFormat, true, features);
    }

    @Override
    public Map<String, Object> facts() {
        FactWriter facts = new FactWriter()
                .put("data", name)
                .put("data_hash", hash)
                .put("source", source)
                .put("time_format", timeFormat)
                .put("skip_bad", skipBad);
        FEATURES.forEach(name -> facts.put(name, features.get(name)));
        return facts.facts();
    }

    static DataProvenance read(FactReader facts) {
        Map<String, String> features = new TreeMap<>();
        for (String name : FEATURES) {
            String value = facts.text(name);
            if (value != null) {
                features.put(name, value);
            }
        }
        return new DataProvenance(
                facts.text("data"),
                facts.text("data_hash"),
                facts.text("source"),
                facts.text("time_format"),
                facts.flag("skip_bad"),
                features);
    }
}
