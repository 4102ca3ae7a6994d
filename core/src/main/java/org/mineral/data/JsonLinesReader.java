package org.mineral.data;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.data.read.DataErrors;
import org.mineral.data.read.Utf8Reader;
import org.mineral.json.Json;
import org.mineral.json.JsonException;

/**
 * JSON lines: one object a line, an interaction each. Fields are found by their names, which are those of the first
 * line; other fields may come and go. Ids are texts or numbers, numbers as they are written.
 */
final class JsonLinesReader {

    private final Path file;
    private final RowSink rows;

    JsonLinesReader(Path file, String part, ReadOptions options, Assembly assembly) {
        this.file = file;
        this.rows = new RowSink(file, part, options, assembly);
    }

    PairList read(InputStream in) throws IOException {
        List<String> names = List.of();
        String[] values = {};
        Columns columns = null;
        long line = 0;
        try (BufferedReader reader = new BufferedReader(new Utf8Reader(file, in))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (text.isBlank()) {
                    continue;
                }
                if (columns == null) {
                    names = names(text, line);
                    values = new String[names.size()];
                    columns = rows.columns(names);
                }
                values(text, line, names, columns, values);
                rows.add(
                        line,
                        values[columns.user()],
                        values[columns.item()],
                        columns.rating() < 0 ? null : values[columns.rating()],
                        columns.timestamp() < 0 ? null : values[columns.timestamp()],
                        columns.event() < 0 ? null : values[columns.event()]);
            }
        }
        return rows.end();
    }

    private List<String> names(String text, long line) {
        List<String> names = new ArrayList<>();
        fields(text, line, (name, in) -> {
            names.add(name);
            in.skipValue();
        });
        return names;
    }

    /** Fills the values of the fields that have a role; null where a field is missing or null. */
    private void values(String text, long line, List<String> names, Columns columns, @Nullable String[] values) {
        int[] roles = {columns.user(), columns.item(), columns.rating(), columns.timestamp(), columns.event()};
        for (int role : roles) {
            if (role >= 0) {
                values[role] = null;
            }
        }
        fields(text, line, (name, in) -> {
            String value = null;
            boolean read = false;
            for (int role : roles) {
                if (role >= 0 && names.get(role).equals(name)) {
                    if (!read && (in.peek() == JsonToken.BEGIN_ARRAY || in.peek() == JsonToken.BEGIN_OBJECT)) {
                        throw DataErrors.at(
                                file,
                                line,
                                "a list or an object in " + DataErrors.quote(name),
                                "texts and numbers",
                                "write one line an interaction, or import with --sql and unnest");
                    }
                    value = read ? value : scalar(in);
                    read = true;
                    values[role] = value;
                }
            }
            if (!read) {
                in.skipValue();
            }
        });
    }

    private static @Nullable String scalar(JsonReader in) throws IOException {
        switch (in.peek()) {
            case NULL:
                in.nextNull();
                return null;
            case BOOLEAN:
                return String.valueOf(in.nextBoolean());
            default:
                return in.nextString();
        }
    }

    private interface Field {
        void accept(String name, JsonReader in) throws IOException;
    }

    /** Every field of the one object that a line holds. */
    private void fields(String text, long line, Field to) {
        try {
            Json.read(text, in -> {
                in.beginObject();
                while (in.hasNext()) {
                    to.accept(in.nextName(), in);
                }
                in.endObject();
            });
            return;
        } catch (JsonException e) {
            // refused below, as what is no object is
        }
        throw DataErrors.at(
                file,
                line,
                DataErrors.quote(text),
                "one JSON object a line, such as {\"user\": \"a\", \"item\": \"x\"}",
                text.stripLeading().startsWith("{'") || text.stripLeading().startsWith("{u'")
                        ? "this is Python's way of writing: json.dumps(ast.literal_eval(line)) in Python makes JSON of it"
                        : "correct the line; a list of objects has to be written one a line");
    }
}
