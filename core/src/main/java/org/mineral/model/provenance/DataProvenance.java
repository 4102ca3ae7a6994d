package org.mineral.model.provenance;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data of a model.
 *
 * @param name of the data
 * @param hash their fingerprint, SHA-256
 * @param source where they were read from, as the user wrote it
 * @param timeFormat how dates were read, if it was said
 * @param skipBad whether bad rows were left out
 */
public record DataProvenance(
        @Nullable String name,
        @Nullable String hash,
        @Nullable String source,
        @Nullable String timeFormat,
        boolean skipBad)
        implements ProvenancePart {

    /** Says nothing. */
    public static final DataProvenance NONE = new DataProvenance(null, null, null, null, false);

    public DataProvenance withName(String name) {
        return new DataProvenance(name, hash, source, timeFormat, skipBad);
    }

    public DataProvenance withHash(String hash) {
        return new DataProvenance(name, hash, source, timeFormat, skipBad);
    }

    public DataProvenance withSource(String source) {
        return new DataProvenance(name, hash, source, timeFormat, skipBad);
    }

    public DataProvenance withTimeFormat(String timeFormat) {
        return new DataProvenance(name, hash, source, timeFormat, skipBad);
    }

    public DataProvenance withSkipBad() {
        return new DataProvenance(name, hash, source, timeFormat, true);
    }

    @Override
    public Map<String, Object> facts() {
        return new FactWriter()
                .put("data", name)
                .put("data_hash", hash)
                .put("source", source)
                .put("time_format", timeFormat)
                .put("skip_bad", skipBad)
                .facts();
    }

    static DataProvenance read(FactReader facts) {
        return new DataProvenance(
                facts.text("data"),
                facts.text("data_hash"),
                facts.text("source"),
                facts.text("time_format"),
                facts.flag("skip_bad"));
    }
}
