package org.mineral.model.provenance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the facts of a part; what is null or false says nothing. */
final class FactWriter {

    private final Map<String, Object> facts = new LinkedHashMap<>();

    FactWriter put(String name, @Nullable Object value) {
        if (value != null && !value.equals(false)) {
            facts.put(name, value);
        }
        return this;
    }

    Map<String, Object> facts() {
        return facts;
    }
}
