package org.mineral.json;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records from JSON objects. Components may be records, lists, maps with strings as keys, arrays, enums, strings, and
 * {@code int}, {@code long}, {@code double} and {@code boolean} or their boxes. A name that is missing is null or zero; one
 * that the record does not have is ignored, so that a later version may add some.
 */
public final class JsonRecords {

    private JsonRecords() {}

    /**
     * Reads a record.
     *
     * @throws JsonException if a value is not of its component's type; exceptions of the record's constructor pass through
     */
    public static <T extends Record> T read(Class<T> type, JsonValue json) {
        if (!json.isObject()) {
            throw new JsonException("an object was expected");
        }
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int k = 0; k < values.length; k++) {
            String name = components[k].getName();
            Object value = json.get(name).value();
            values[k] = value == null && !components[k].getType().isPrimitive()
                    ? null
                    : convert(components[k].getGenericType(), value == null ? zero(components[k]) : value, name);
        }
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Names and values in the order of declaration. */
    static Map<String, @Nullable Object> fields(Record record) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        try {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                fields.put(component.getName(), accessor.invoke(record));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return fields;
    }

    private static Object zero(RecordComponent component) {
        return component.getType() == boolean.class ? (Object) false : 0;
    }

    private static Object convert(Type type, Object value, String name) {
        if (type instanceof ParameterizedType generic
                && generic.getRawType() == List.class
                && value instanceof List<?> in) {
            List<Object> list = new ArrayList<>();
            for (Object one : in) {
                list.add(convert(generic.getActualTypeArguments()[0], present(one, name), name));
            }
            return list;
        }
        if (type instanceof ParameterizedType generic
                && generic.getRawType() == Map.class
                && value instanceof Map<?, ?> in) {
            Map<String, Object> map = new LinkedHashMap<>();
            in.forEach((key, one) ->
                    map.put((String) key, convert(generic.getActualTypeArguments()[1], present(one, name), name)));
            return map;
        }
        if (type instanceof Class<?> of) {
            Object converted = convert(of, value, name);
            if (converted != null) {
                return converted;
            }
        }
        throw new JsonException("\"" + name + "\" is not of the type " + type.getTypeName());
    }

    private static @Nullable Object convert(Class<?> type, Object value, String name) {
        if (type.isArray() && value instanceof List<?> in) {
            Object array = Array.newInstance(type.getComponentType(), in.size());
            for (int k = 0; k < in.size(); k++) {
                Array.set(array, k, convert((Type) type.getComponentType(), present(in.get(k), name), name));
            }
            return array;
        }
        if (Record.class.isAssignableFrom(type) && value instanceof Map) {
            return read(type.asSubclass(Record.class), new JsonValue(value));
        }
        if (type.isEnum() && value instanceof String) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(value))
                    .findFirst()
                    .orElse(null);
        }
        if (type == int.class || type == Integer.class) {
            return value instanceof Integer ? value : null;
        }
        if (type == long.class || type == Long.class) {
            return value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : null;
        }
        if (type == double.class || type == Double.class) {
            return value instanceof Number number ? (Object) number.doubleValue() : noNumber(value);
        }
        if (type == boolean.class || type == Boolean.class) {
            return value instanceof Boolean ? value : null;
        }
        return type.isInstance(value) ? value : null;
    }

    /** Written as strings, because JSON has no such numbers. */
    private static @Nullable Double noNumber(Object value) {
        return value.equals("NaN") || value.equals("Infinity") || value.equals("-Infinity")
                ? (Double) Double.parseDouble((String) value)
                : null;
    }

    private static Object present(@Nullable Object value, String name) {
        if (value == null) {
            throw new JsonException("\"" + name + "\" holds null");
        }
        return value;
    }
}
