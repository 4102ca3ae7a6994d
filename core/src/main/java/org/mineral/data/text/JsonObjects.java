package org.mineral.data.text;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.json.Json;
import org.mineral.json.JsonException;
import org.mineral.json.RepeatedNameException;

/** Reads JSON objects as names and texts; numbers are kept as written. */
public final class JsonObjects {

    private JsonObjects() {}

    /**
     * The fields of one object: texts, or lists of texts. Null values and values with objects or nested lists are left out.
     *
     * @throws org.mineral.config.InputException if the text is not an object
     */
    public static Map<String, Object> fields(Path file, JsonTexts.Text text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try {
            Json.read(
                    text.text(),
                    in -> Json.object(in, name -> {
                        Object value = in.peek() == JsonToken.BEGIN_ARRAY ? texts(in) : text(in);
                        if (value != null) {
                            fields.put(name, value);
                        }
                    }));
            return fields;
        } catch (RepeatedNameException e) {
            throw DataErrors.repeated(file, text.line(), e.name());
        } catch (JsonException e) {
            throw DataErrors.at(
                    file,
                    text.line(),
                    DataErrors.quote(text.text()),
                    "a JSON object, such as {\"item\": \"a\", \"title\": \"A\"}",
                    "correct it");
        }
    }

    /** Null if it is not a single value. */
    private static @Nullable String text(JsonReader in) throws IOException {
        switch (in.peek()) {
            case STRING, NUMBER:
                return in.nextString();
            case BOOLEAN:
                return String.valueOf(in.nextBoolean());
            default:
                Json.skip(in);
                return null;
        }
    }

    /** Null if the list contains lists or objects. */
    private static @Nullable List<String> texts(JsonReader in) throws IOException {
        List<String> texts = new ArrayList<>();
        boolean flat = true;
        in.beginArray();
        while (in.hasNext()) {
            flat &= in.peek() != JsonToken.BEGIN_ARRAY && in.peek() != JsonToken.BEGIN_OBJECT;
            String text = text(in);
            if (text != null) {
                texts.add(text);
            }
        }
        in.endArray();
        return flat ? texts : null;
    }
}
