package org.mineral.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in a document, or its absence. Asking for a missing value is not an error, so a path needs one check, at its end.
 *
 * @param value a map, list, string, number or boolean; null for JSON's null and for what is missing
 */
public record JsonValue(@Nullable Object value) {

    /** The value of this name; missing if this is not an object or lacks the name. */
    public JsonValue get(String name) {
        return new JsonValue(value instanceof Map<?, ?> object ? object.get(name) : null);
    }

    /** The members of an object, in the order of the document; empty if this is not an object. */
    public Map<String, JsonValue> entries() {
        Map<String, JsonValue> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, one) -> entries.put((String) name, new JsonValue(one)));
        }
        return entries;
    }

    /** The elements of an array; empty if this is not an array. */
    public List<JsonValue> elements() {
        return value instanceof List<?> array
                ? array.stream().map(JsonValue::new).toList()
                : Collections.emptyList();
    }

    public boolean isObject() {
        return value instanceof Map;
    }

    public boolean isArray() {
        return value instanceof List;
    }

    /** The string, or {@code otherwise} if this is not a string. */
    public String text(String otherwise) {
        return value instanceof String text ? text : otherwise;
    }

    /** The whole number, or {@code otherwise} if this is not one or exceeds a long. */
    public long whole(long otherwise) {
        return value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : otherwise;
    }
}
