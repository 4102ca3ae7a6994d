package org.mineral.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.data.read.DataErrors;
import org.mineral.data.read.JsonTexts;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Objects of JSON as names and texts: strings as they are, numbers as they are written. */
final class JsonObjects {

    private JsonObjects() {}

    /**
     * The fields of one object: a text, or a list of texts; what is null, or holds objects or further lists, is left out.
     *
     * @throws org.mineral.config.InputException if the text is no object
     */
    static Map<String, Object> fields(Path file, JsonTexts.Text text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try (JsonParser parser = JsonMapper.shared().createParser(text.text())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    Object value = parser.nextToken() == JsonToken.START_ARRAY ? texts(parser) : text(parser);
                    if (value != null) {
                        fields.put(name, value);
                    }
                }
                if (parser.nextToken() == null) {
                    return fields;
                }
            }
        } catch (JacksonException e) {
            // refused below, as what is no object is
        }
        throw DataErrors.at(
                file,
                text.line(),
                DataErrors.quote(text.text()),
                "a JSON object, such as {\"item\": \"a\", \"title\": \"A\"}",
                "correct it");
    }

    private static @Nullable String text(JsonParser parser) {
        if (parser.currentToken().isScalarValue()) {
            return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getString();
        }
        parser.skipChildren();
        return null;
    }

    private static @Nullable List<String> texts(JsonParser parser) {
        List<String> texts = new ArrayList<>();
        boolean flat = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            flat &= parser.currentToken().isScalarValue();
            String text = text(parser);
            if (text != null) {
                texts.add(text);
            }
        }
        return flat ? texts : null;
    }
}
