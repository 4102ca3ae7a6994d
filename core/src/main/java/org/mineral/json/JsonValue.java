package org.mineral.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in a document, or nothing where the document has none: asking for what is not there is no error, so a path needs
 * one check, at its end.
 *
 * @param value a map, list, string, number or boolean; null for JSON's null and for what is missing
 */
public record JsonValue(@Nullable Object value) {

    /** The value of this name if this is an object that has it. */
    public JsonValue get(String name) {
        return new JsonValue(value instanceof Map<?, ?> object ? object.get(name) : null);
    }

    /** Of an object, in the order of the document; empty if this is none. */
    public Map<String, JsonValue> entries() {
        Map<String, JsonValue> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, one) -> entries.put((String) name, new JsonValue(one)));
        }
        return entries;
    }

    /** Of an array, in its order; empty if this is none. */
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

    /** The string, or {@code otherwise} if this is none. */
    public String text(String otherwise) {
        return value instanceof String text ? text : otherwise;
    }

    /** The whole number, or {@code otherwise} if this is none or one beyond a long. */
    public long whole(long otherwise) {
        return value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : otherwise;
    }
}
