package org.mineral.model.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.attributes.AttributeVocabulary;
import org.mineral.json.Json;
import org.mineral.json.JsonException;
import org.mineral.json.JsonValue;

/**
 * The attributes of a model's users and items: names and fields in {@code attributes.json}, the values as tensors
 * {@code attributes.users.offsets}, {@code .columns} and {@code .values}, and the same of items.
 */
final class AttributeFile {

    static final String NAME = "attributes.json";

    /** Sides by name. */
    static final String USERS = "users";

    static final String ITEMS = "items";

    private static final long LONGEST = 1L << 30;
    private static final String OFFSETS = ".offsets";
    private static final String COLUMNS = ".columns";
    private static final String VALUES = ".values";

    private AttributeFile() {}

    /** The beginning of the names of a side's tensors. */
    static String prefix(String side) {
        return "attributes." + side;
    }

    /** Writes the file, if there is anything to say. */
    static void write(Path directory, Attributes users, Attributes items) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        put(json, USERS, users);
        put(json, ITEMS, items);
        if (!json.isEmpty()) {
            Files.writeString(directory.resolve(NAME), Json.write(json) + "\n");
        }
    }

    private static void put(Map<String, Object> json, String side, Attributes attributes) {
        if (!attributes.isEmpty()) {
            List<Map<String, Object>> fields = new ArrayList<>();
            for (Attributes.Field field : attributes.fields()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("name", field.name());
                one.put("role", field.role());
                one.put("numbers", field.numbers());
                fields.add(one);
            }
            Map<String, Object> own = new LinkedHashMap<>();
            own.put("fields", fields);
            own.put("names", attributes.names().ids());
            json.put(side, own);
        }
    }

    /** Adds the tensors of 8 bytes a value. */
    static void addOffsets(String side, Attributes attributes, SafetensorsWriter to) {
        if (!attributes.isEmpty()) {
            to.addLongs(prefix(side) + OFFSETS, attributes.x().entries().offsets());
        }
    }

    /** Adds the other tensors. */
    static void addValues(String side, Attributes attributes, SafetensorsWriter to) {
        if (!attributes.isEmpty()) {
            to.addInts(prefix(side) + COLUMNS, attributes.x().entries().columns())
                    .addFloats(prefix(side) + VALUES, attributes.x().values());
        }
    }

    /** The file's contents; missing if the model has no attributes. */
    static JsonValue parse(Path directory, ModelHeader head) throws IOException {
        Path file = directory.resolve(NAME);
        if (!head.files().containsKey(NAME)) {
            return new JsonValue(null);
        } else if (Files.size(file) > LONGEST) {
            throw new InputException(String.format(
                    Locale.ROOT, "%s has %,d bytes; at most %,d are read.", file, Files.size(file), LONGEST));
        }
        try {
            return Json.parse(Files.readAllBytes(file));
        } catch (JsonException e) {
            throw new InputException(file + " is not JSON: " + e.getMessage() + ". Copy the model again.", e);
        }
    }

    /**
     * Rebuilds the attributes of one side from what may be damaged.
     *
     * @param json of {@link #parse}
     * @param rows number of users, or items
     */
    static Attributes read(JsonValue json, String side, int rows, Path file, SafetensorsReader from)
            throws IOException {
        if (!json.get(side).isObject()) {
            return Attributes.none(rows);
        }
        int[] offsets = from.longs(prefix(side) + OFFSETS);
        int[] columns = from.ints(prefix(side) + COLUMNS);
        float[] values = new float[columns.length];
        from.floats(prefix(side) + VALUES, values);
        try {
            IdMap names = names(json.get(side).get("names"));
            if (offsets.length != rows + 1) {
                throw new IllegalArgumentException(
                        "attributes of " + (offsets.length - 1) + " " + side + " for " + rows);
            }
            for (int offset : offsets) {
                if (offset < 0 || offset > columns.length) {
                    throw new IllegalArgumentException("offset " + offset + " of " + columns.length + " values");
                }
            }
            Interactions entries = new Interactions(names.size(), offsets, columns);
            Attributes attributes = new Attributes(
                    new SparseMatrix(entries, values),
                    names,
                    fields(json.get(side).get("fields")));
            new AttributeVocabulary(attributes); // Refuses roles and numbers that it does not understand.
            return attributes;
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    file + ": the attributes of " + side + " are damaged: " + e.getMessage() + " Copy the model again.",
                    e);
        }
    }

    private static IdMap names(JsonValue json) {
        IdMap.Builder names = IdMap.builder();
        for (JsonValue name : json.elements()) {
            String text = text(name);
            int next = names.size();
            if (names.add(text) < next) {
                throw new IllegalArgumentException("the attribute '" + ModelHeader.printable(text) + "' twice.");
            }
        }
        return names.build();
    }

    private static List<Attributes.Field> fields(JsonValue json) {
        List<Attributes.Field> fields = new ArrayList<>();
        for (JsonValue field : json.elements()) {
            List<Double> numbers = new ArrayList<>();
            for (JsonValue number : field.get("numbers").elements()) {
                if (!(number.value() instanceof Number value)) {
                    throw new IllegalArgumentException("a field with a number that is none.");
                }
                numbers.add(value.doubleValue());
            }
            fields.add(new Attributes.Field(text(field.get("name")), text(field.get("role")), numbers));
        }
        return fields;
    }

    private static String text(JsonValue json) {
        if (!(json.value() instanceof String text)) {
            throw new IllegalArgumentException("a name that is no text.");
        }
        return text;
    }
}
