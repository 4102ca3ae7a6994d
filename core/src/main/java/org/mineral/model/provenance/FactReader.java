package org.mineral.model.provenance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.HoldOut;

/** Takes typed facts out of a map. A fact of another type stays in it, so that nothing of a foreign or damaged file is lost. */
final class FactReader {

    private final Map<String, Object> left;

    FactReader(Map<String, ?> facts) {
        left = new TreeMap<>(facts);
    }

    /** What was not taken. */
    Map<String, Object> left() {
        return left;
    }

    private <T> @Nullable T take(String name, Function<Object, @Nullable T> read) {
        Object value = left.get(name);
        T taken = value == null ? null : read.apply(value);
        if (taken != null) {
            left.remove(name);
        }
        return taken;
    }

    @Nullable
    String text(String name) {
        return take(name, value -> value instanceof String text ? text : null);
    }

    @Nullable
    Long whole(String name) {
        return take(
                name, value -> value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : null);
    }

    @Nullable
    Integer count(String name) {
        return take(name, value -> value instanceof Integer count ? count : null);
    }

    @Nullable
    Double number(String name) {
        return take(name, value -> value instanceof Number number ? number.doubleValue() : null);
    }

    boolean flag(String name) {
        return take(name, value -> value.equals(true) ? true : null) != null;
    }

    /** A list of strings. */
    @SuppressWarnings("unchecked")
    @Nullable
    List<String> list(String name) {
        return take(
                name,
                value -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                        ? (List<String>) list
                        : null);
    }

    /** A map of strings. */
    @SuppressWarnings("unchecked")
    @Nullable
    Map<String, String> texts(String name) {
        return take(
                name,
                value -> value instanceof Map<?, ?> map && map.values().stream().allMatch(String.class::isInstance)
                        ? (Map<String, String>) map
                        : null);
    }

    /** A share, or a text that {@link HoldOut#parse} reads. */
    @Nullable
    HoldOut heldOut(String name) {
        return take(name, value -> {
            try {
                HoldOut heldOut = HoldOut.parse(value.toString());
                return heldOut.plain().equals(value) ? heldOut : null;
            } catch (InputException e) {
                return null;
            }
        });
    }

    /** A map that a record stands for, if it stands for all of it. */
    @SuppressWarnings("unchecked")
    <T> @Nullable T part(String name, Function<FactReader, @Nullable T> read) {
        return take(name, value -> {
            if (!(value instanceof Map<?, ?> map)) {
                return null;
            }
            FactReader inner = new FactReader((Map<String, Object>) map);
            T part = read.apply(inner);
            return inner.left.isEmpty() ? part : null;
        });
    }
}
