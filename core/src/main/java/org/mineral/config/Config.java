package org.mineral.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads, checks, changes and writes configuration records: records whose components carry {@link Setting}.
 *
 * <p>A component may also be another such record, a group: its settings are named as if they were the record's own.
 *
 * <p>Other components may be {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String} or an enum. A record
 * validates itself by calling {@link #check} in its compact constructor, so that no invalid one can exist.
 */
public final class Config {

    private Config() {}

    /**
     * A setting of a record, for documentation and tuner.
     *
     * @param whole whether it is a whole number
     * @param ofAttributes whether it has an effect only where data have attributes
     */
    public record Description(
            String name,
            String doc,
            String fallback,
            boolean whole,
            double min,
            double max,
            List<String> choices,
            String tune,
            boolean ofAttributes,
            Setting.Level level) {

        /** The same with another default. */
        public Description withFallback(String fallback) {
            return new Description(name, doc, fallback, whole, min, max, choices, tune, ofAttributes, level);
        }

        /** The same, left alone by the tuner. */
        public Description untuned() {
            return new Description(name, doc, fallback, whole, min, max, choices, "", ofAttributes, level);
        }
    }

    /** The record with every setting at its default. */
    public static <R extends Record> R defaults(Class<R> type) {
        return read(type, Map.of());
    }

    /**
     * The record with the given settings, the others at their defaults.
     *
     * @param given public names to values as text
     * @throws InputException for an unknown name, a value that cannot be parsed, or one out of range
     */
    public static <R extends Record> R read(Class<R> type, Map<String, String> given) {
        List<String> names = names(type);
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw InputException.unknown("setting", name, everyday(type));
            }
        }
        return construct(type, given);
    }

    /** A copy with one setting changed. */
    @SuppressWarnings("unchecked")
    public static <R extends Record> R with(R record, String name, Object value) {
        Map<String, String> settings = toMap(record);
        settings.put(name, text(value));
        return (R) read(record.getClass(), settings);
    }

    /** Public names to values as text, in the order of declaration. */
    public static Map<String, String> toMap(Record record) {
        Map<String, String> map = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = get(record, component);
            if (value instanceof Record group) {
                map.putAll(toMap(group));
            } else {
                map.put(Names.snake(component.getName()), text(value));
            }
        }
        return map;
    }

    /** Public names in the order of declaration. */
    public static List<String> names(Class<? extends Record> type) {
        return components(type).stream().map(c -> Names.snake(c.getName())).toList();
    }

    /** Public names of the settings that are listed to everybody, in the order of declaration. */
    public static List<String> everyday(Class<? extends Record> type) {
        return components(type).stream()
                .filter(c -> setting(c).level() == Setting.Level.EVERYDAY)
                .map(c -> Names.snake(c.getName()))
                .toList();
    }

    /** All settings with their documentation, defaults and ranges. */
    public static List<Description> describe(Class<? extends Record> type) {
        return components(type).stream().map(Config::describe).toList();
    }

    /**
     * To be called in the compact constructor with all components in order.
     *
     * @throws InputException if a value is out of its declared range
     */
    public static void check(Class<? extends Record> type, Object... values) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Number number) {
                checkRange(components[i], number.doubleValue());
            }
        }
    }

    private static void checkRange(RecordComponent component, double value) {
        Setting setting = setting(component);
        boolean auto = Double.isNaN(value) && setting.value().equals("auto");
        if (!auto && !(value >= setting.min() && value <= setting.max()) || Double.isInfinite(value)) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s = %s is out of range; allowed: %s to %s. (%s)",
                    Names.snake(component.getName()),
                    Double.isNaN(value) ? "NaN" : text(value),
                    text(setting.min()),
                    text(setting.max()),
                    setting.doc()));
        }
    }

    /** NaN means auto internally; as text it is refused. */
    private static double number(String text, boolean mayBeAuto) {
        if (mayBeAuto && text.equals("auto")) {
            return Double.NaN;
        }
        double value = Double.parseDouble(text);
        if (Double.isNaN(value)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private static Object parse(RecordComponent component, String text) {
        Class<?> type = component.getType();
        String name = Names.snake(component.getName());
        try {
            if (type == String.class) {
                return text;
            } else if (type == int.class) {
                return Integer.parseInt(text);
            } else if (type == long.class) {
                return Long.parseLong(text);
            } else if (type == double.class) {
                return number(text, setting(component).value().equals("auto"));
            } else if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
                return Boolean.parseBoolean(text);
            }
        } catch (NumberFormatException e) {
            String kind = type == double.class ? "a number" : "a whole number";
            throw new InputException(
                    name + " = '" + text + "' is not " + kind + ". ("
                            + setting(component).doc() + ")",
                    e);
        }
        List<String> choices = choices(type);
        int choice = choices.indexOf(text);
        if (choice < 0) {
            throw InputException.unknown(name, text, choices);
        }
        return type.getEnumConstants()[choice];
    }

    private static Description describe(RecordComponent component) {
        Setting setting = setting(component);
        return new Description(
                Names.snake(component.getName()),
                setting.doc(),
                setting.value(),
                component.getType() == int.class || component.getType() == long.class,
                setting.min(),
                setting.max(),
                choices(component.getType()),
                setting.tune(),
                setting.ofAttributes(),
                setting.level());
    }

    private static List<String> choices(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(c -> Names.kebab((Enum<?>) c))
                        .toList()
                : type == boolean.class ? List.of("true", "false") : List.of();
    }

    private static String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return Names.kebab(constant);
        } else if (value instanceof Double number) {
            return number.isNaN()
                    ? "auto"
                    : number == Math.rint(number) && Math.abs(number) < 1e15
                            ? String.valueOf(number.longValue())
                            : number.toString();
        }
        return String.valueOf(value);
    }

    /** Those of all groups, in order. */
    private static List<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(c -> c.getType().isRecord() ? components(c.getType()).stream() : Stream.of(c))
                .toList();
    }

    private static Setting setting(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(component + " lacks @Setting");
        }
        return setting;
    }

    private static Object get(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <R extends Record> R construct(Class<R> type, Map<String, String> given) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int k = 0; k < components.length; k++) {
            RecordComponent component = components[k];
            types[k] = component.getType();
            values[k] = types[k].isRecord()
                    ? construct(types[k].asSubclass(Record.class), given)
                    : parse(
                            component,
                            given.getOrDefault(
                                    Names.snake(component.getName()),
                                    setting(component).value()));
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InputException input) {
                throw input;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
