package org.mineral.data.read;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.PairList;
import org.mineral.data.rows.Columns;
import org.mineral.data.rows.DatasetBuilder;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.rows.RowSink;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.JsonTexts;
import org.mineral.json.Json;
import org.mineral.json.JsonException;
import org.mineral.json.RepeatedNameException;

/**
 * Reads JSON, one object for each interaction, on a line of its own or in an array. Fields are found by name. A first pass collects the names
 * of all lines; a field with a role must be in every line or in none. Ids are strings or numbers; numbers are kept as written.
 */
final class JsonLinesReader {

    /** The objects, from the first. */
    interface Source {
        JsonTexts open() throws IOException;
    }

    private interface Line {
        void accept(String text, long line);
    }

    private static final int MOST_NAMES = 10_000;

    private final Path file;
    private final ReadOptions options;
    private final RowSink rows;

    JsonLinesReader(Path file, String part, ReadOptions options, DatasetBuilder builder) {
        this.file = file;
        this.options = options;
        this.rows = new RowSink(file, part, options, builder);
    }

    PairList read(Source source) throws IOException {
        List<String> names = names(source);
        if (names.isEmpty()) {
            return rows.end();
        }
        Columns columns = rows.columns(names);
        String[] values = new String[names.size()];
        lines(source, (text, line) -> {
            try {
                values(text, line, names, columns, values);
                add(line, names, columns, values);
            } catch (InputException e) {
                rows.bad(e);
            }
        });
        return rows.end();
    }

    private static void lines(Source source, Line to) throws IOException {
        try (JsonTexts texts = source.open()) {
            for (JsonTexts.Text text = texts.next(); text != null; text = texts.next()) {
                to.accept(text.text(), text.line());
            }
        }
    }

    /** The names of the fields of all lines, in the order in which they appear. */
    private List<String> names(Source source) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        lines(source, (text, line) -> {
            try {
                fields(text, line, (name, in) -> {
                    if (names.size() < MOST_NAMES) {
                        names.add(name);
                    }
                    Json.skip(in);
                });
            } catch (InputException e) {
                if (!options.skipBad()) {
                    throw e;
                }
            }
        });
        return List.copyOf(names);
    }

    private void add(long line, List<String> names, Columns columns, @Nullable String[] values) {
        for (int column : new int[] {columns.rating(), columns.timestamp()}) {
            if (column >= 0 && values[column] == null) {
                throw DataErrors.at(
                        file,
                        line,
                        "no " + DataErrors.quote(names.get(column)) + ", which other lines have",
                        "the field in every line, or in none",
                        Hint.read(
                                "complete or remove the line, or leave the column out",
                                column == columns.rating() ? "rating" : "time",
                                "none"));
            }
        }
        rows.add(
                line,
                values[columns.user()],
                values[columns.item()],
                columns.rating() < 0 ? null : values[columns.rating()],
                columns.timestamp() < 0 ? null : values[columns.timestamp()],
                columns.event() < 0 ? null : values[columns.event()]);
    }

    /** Fills in the values of the fields that have a role; null if a field is missing or null. */
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
                        boolean list = in.peek() == JsonToken.BEGIN_ARRAY;
                        throw DataErrors.at(
                                file,
                                line,
                                (list ? "a list in " : "an object in ") + DataErrors.quote(name),
                                "texts and numbers",
                                Hint.query(
                                        "write one line an interaction, or query it",
                                        "select " + (list ? "unnest(" + name + ")" : name + ".FIELD") + " as " + name
                                                + ", ... from data"));
                    }
                    value = read ? value : scalar(in);
                    read = true;
                    values[role] = value;
                }
            }
            if (!read) {
                Json.skip(in);
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

    /** The fields of the object on a line. */
    private void fields(String text, long line, Field to) {
        try {
            Json.read(text, in -> Json.object(in, name -> to.accept(name, in)));
            return;
        } catch (RepeatedNameException e) {
            throw DataErrors.repeated(file, line, e.name());
        } catch (JsonException e) {
            // Refused below as not an object.
        }
        throw DataErrors.at(
                file,
                line,
                DataErrors.quote(text),
                "one JSON object a line, or in an array, such as {\"user\": \"a\", \"item\": \"x\"}",
                text.stripLeading().startsWith("{'") || text.stripLeading().startsWith("{u'")
                        ? "this is Python's way of writing: json.dumps(ast.literal_eval(line)) in Python makes JSON of it"
                        : "correct it");
    }
}
