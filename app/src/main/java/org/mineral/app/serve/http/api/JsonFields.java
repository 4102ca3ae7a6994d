package org.mineral.app.serve.http.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The fields of a JSON object, parsed strictly. */
public final class JsonFields {

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxNumberLength(40)
                            .maxNameLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final JsonNode object;

    /** Prefix of field names in messages: {@code history[3].}; empty for the body itself. */
    private final String path;

    private JsonFields(JsonNode object, String what, String path, String... allowed) {
        if (!object.isObject()) {
            throw new InputException(what + " is not a JSON object; its fields: " + String.join(", ", allowed) + ".");
        }
        this.path = path;
        for (String name : object.propertyNames()) {
            if (!Arrays.asList(allowed).contains(name)) {
                throw allowed.length == 0
                        ? new InputException("unknown field '" + ApiRequest.cut(name) + "'; " + what + " has none.")
                        : InputException.unknown("field", ApiRequest.cut(name), Arrays.asList(allowed));
            }
        }
        this.object = object;
    }

    static JsonFields parse(byte[] bytes, String... allowed) {
        JsonNode node;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            node = READER.readValue(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw new InputException("the body is not in UTF-8.");
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new InputException("the body is not JSON in UTF-8, each name once, at most 8 levels deep"
                    + (at == null ? "." : "; see line " + at.getLineNr() + ", column " + at.getColumnNr() + "."));
        }
        checkTexts(node);
        return new JsonFields(node, "the body", "", allowed);
    }

    /** JSON escapes can denote unpaired surrogates, which are not characters. */
    private static void checkTexts(JsonNode node) {
        if (node.isString() && !StandardCharsets.UTF_8.newEncoder().canEncode(node.asString())) {
            throw new InputException("the body holds half of a surrogate pair; allowed: Unicode characters.");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            checkTexts(JsonNodeFactory.instance.stringNode(field.getKey()));
            checkTexts(field.getValue());
        }
        if (node.isArray()) {
            node.forEach(JsonFields::checkTexts);
        }
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** An id of a user, an item or an event. */
    public String id(String name) {
        return id(required(name), path + name);
    }

    /** Numbers are not ids: 7 and 007 are different texts, and 1e3 has no unique text. */
    private static String id(JsonNode value, String where) {
        if (value.isString()) {
            return value.asString();
        }
        String found = shown(value);
        throw new InputException(
                value.isNumber()
                        ? where + " is the number " + found + "; ids are texts: "
                                + (value.isIntegralNumber() ? "write \"" + found + "\"." : "write it in quotes.")
                        : where + " is " + found + "; it must be an id, a text.");
    }

    public int integer(String name, int fallback) {
        if (!object.has(name)) {
            return fallback;
        }
        JsonNode value = object.get(name);
        // JSON has one type of numbers, so 20.0 is 20.
        if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToInt()) {
            throw wrong(name, "a whole number");
        }
        return value.asInt();
    }

    public double number(String name, double fallback) {
        if (!object.has(name)) {
            return fallback;
        }
        JsonNode value = object.get(name);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(name, "a number");
        }
        return value.doubleValue();
    }

    boolean flag(String name) {
        if (object.has(name) && !object.get(name).isBoolean()) {
            throw wrong(name, "true or false");
        }
        return object.has(name) && object.get(name).asBoolean();
    }

    /** A list of ids; null if the field is missing. */
    @Nullable
    public List<String> ids(String name, int most) {
        if (!object.has(name)) {
            return null;
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode element : array(name, most)) {
            ids.add(id(element, path + name + "[" + ids.size() + "]"));
        }
        return ids;
    }

    /** Null if the field is missing. */
    @Nullable
    List<String> texts(String name, int most) {
        if (!object.has(name)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name, most)) {
            if (!element.isString()) {
                throw wrong(name, "a list of texts");
            }
            texts.add(element.asString());
        }
        return texts;
    }

    /**
     * A list of objects with only these fields.
     *
     * @param ids whether a string is accepted in place of an object, as its first field
     */
    public List<JsonFields> objects(String name, int most, boolean ids, String... allowed) {
        List<JsonFields> fields = new ArrayList<>();
        for (JsonNode element : array(name, most)) {
            String where = path + name + "[" + fields.size() + "]";
            boolean id = ids && (element.isString() || element.isNumber());
            if (id) {
                id(element, where);
            } else if (!element.isObject()) {
                throw new InputException(where + " is " + shown(element) + "; it must be "
                        + (ids ? "an id, a text, or " : "") + "an object with " + String.join(", ", allowed) + ".");
            }
            JsonNode object = id ? JsonMapper.shared().createObjectNode().set(allowed[0], element) : element;
            fields.add(new JsonFields(object, where, where + ".", allowed));
        }
        return fields;
    }

    /** A text; null if the field is missing. */
    @Nullable
    public String optionalText(String name) {
        if (object.has(name) && !object.get(name).isString()) {
            throw wrong(name, "a text");
        }
        return object.has(name) ? object.get(name).asString() : null;
    }

    /**
     * An object whose fields are texts, numbers or lists of these.
     *
     * @param most fields
     */
    public Map<String, Object> values(String name, int most) {
        JsonNode value = required(name);
        if (!value.isObject() || value.size() > most) {
            throw wrong(name, "an object with at most " + most + " fields");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            List<Object> list = new ArrayList<>();
            for (JsonNode one : field.getValue().isArray() ? field.getValue().values() : List.of(field.getValue())) {
                if (!one.isString() && (!one.isNumber() || !Double.isFinite(one.doubleValue()))) {
                    throw new InputException(path + name + "." + ApiRequest.cut(field.getKey()) + " is "
                            + shown(field.getValue()) + "; it must be a text, a number, or a list of these.");
                }
                list.add(one.isString() ? one.asString() : (Object) one.doubleValue());
            }
            values.put(field.getKey(), field.getValue().isArray() ? list : list.get(0));
        }
        return values;
    }

    private JsonNode array(String name, int most) {
        JsonNode value = required(name);
        if (!value.isArray()) {
            throw wrong(name, "a list");
        }
        if (value.size() > most) {
            throw new InputException(String.format(
                    Locale.ROOT, "%s has %,d elements; allowed: at most %,d.", path + name, value.size(), most));
        }
        return value;
    }

    private JsonNode required(String name) {
        if (!object.has(name)) {
            throw new InputException("the field " + path + name + " is missing.");
        }
        return object.get(name);
    }

    private InputException wrong(String name, String wanted) {
        return new InputException(path + name + " is " + shown(object.get(name)) + "; it must be " + wanted + ".");
    }

    private static String shown(JsonNode value) {
        return ApiRequest.cut(value.toString());
    }
}
