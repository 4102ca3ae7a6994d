package org.mineral.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON documents as maps, lists, strings, numbers, booleans and null.
 *
 * <p>Only {@code com.google.gson.stream} is used, and of it only what version 2.2.4 (2013) had: a service that embeds Mineral may use any
 * later Gson.
 */
public final class Json {

    private Json() {}

    /**
     * An object or array as maps (in the order of the document) and lists. Whole numbers are Integer, Long or BigInteger,
     * others Double.
     *
     * @throws JsonException if the text is not strict JSON, is nested too deeply, has a name twice in an object or a number
     *     beyond the range of a double
     */
    public static JsonValue parse(String text) {
        JsonValue[] document = new JsonValue[1];
        read(text, in -> document[0] = new JsonValue(value(in)));
        if (!document[0].isObject() && !document[0].isArray()) {
            throw new JsonException("an object or an array was expected");
        }
        return document[0];
    }

    /** The same from UTF-8. */
    public static JsonValue parse(byte[] utf8) {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JsonException("it is not UTF-8", e);
        }
    }

    /** Reads the one value that a document holds. */
    public interface Content {
        void read(JsonReader in) throws IOException;
    }

    /**
     * Reads a document piece by piece. It must end after what {@code content} reads.
     *
     * @throws JsonException if the text is not strict JSON, or not what {@code content} expects
     */
    public static void read(String text, Content content) {
        StrictJson.check(text);
        try {
            JsonReader in = new JsonReader(new StringReader(text));
            content.read(in);
            // Throws if anything other than white space follows.
            in.peek();
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new JsonException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads the value of one name. */
    public interface Field {
        void read(String name) throws IOException;
    }

    /**
     * Reads an object within {@link #read}.
     *
     * @param each reads the next value completely
     * @throws RepeatedNameException if a name occurs twice
     */
    public static void object(JsonReader in, Field each) throws IOException {
        Set<String> names = new HashSet<>();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (!names.add(name)) {
                throw new RepeatedNameException(name);
            }
            each.read(name);
        }
        in.endObject();
    }

    /** Skips a value within {@link #read}, with the same checks as reading it. */
    public static void skip(JsonReader in) throws IOException {
        switch (in.peek()) {
            case BEGIN_OBJECT:
                object(in, name -> skip(in));
                break;
            case BEGIN_ARRAY:
                in.beginArray();
                while (in.hasNext()) {
                    skip(in);
                }
                in.endArray();
                break;
            default:
                in.skipValue();
        }
    }

    /** On one line, names in the order of the maps. Records become objects; NaN and infinities become strings. */
    public static String write(Object value) {
        return write(value, "");
    }

    /** Indented, for people. */
    public static String pretty(Object value) {
        return write(value, "  ");
    }

    private static String write(Object value, String indent) {
        StringWriter text = new StringWriter();
        try {
            JsonWriter out = new JsonWriter(text);
            out.setIndent(indent);
            write(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonWriter out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.nullValue();
        } else if (value instanceof Boolean truth) {
            out.value((boolean) truth);
        } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            out.value(number);
        } else if (value instanceof Map<?, ?> map) {
            out.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.name(String.valueOf(entry.getKey()));
                write(out, entry.getValue());
            }
            out.endObject();
        } else if (value instanceof Record record) {
            write(out, JsonRecords.fields(record));
        } else if (value instanceof Iterable<?> list) {
            out.beginArray();
            for (Object one : list) {
                write(out, one);
            }
            out.endArray();
        } else if (value.getClass().isArray()) {
            out.beginArray();
            for (int k = 0; k < Array.getLength(value); k++) {
                write(out, Array.get(value, k));
            }
            out.endArray();
        } else {
            out.value(value instanceof Enum<?> constant ? constant.name() : value.toString());
        }
    }

    private static @Nullable Object value(JsonReader in) throws IOException {
        switch (in.peek()) {
            case BEGIN_OBJECT:
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                object(in, name -> object.put(name, value(in)));
                return object;
            case BEGIN_ARRAY:
                List<@Nullable Object> array = new ArrayList<>();
                in.beginArray();
                while (in.hasNext()) {
                    array.add(value(in));
                }
                in.endArray();
                return array;
            case STRING:
                return in.nextString();
            case NUMBER:
                return number(in.nextString());
            case BOOLEAN:
                return in.nextBoolean();
            case NULL:
                in.nextNull();
                return null;
            default:
                throw new JsonException("a value is missing");
        }
    }

    private static Number number(String text) {
        if (text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9')) {
            BigInteger whole = new BigInteger(text);
            if (whole.bitLength() < Integer.SIZE) {
                return whole.intValue();
            }
            return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
        }
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new JsonException("the number " + text + " is too large");
        }
        return number;
    }
}
