package org.mineral.data.rows;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.data.IdMap;
import org.mineral.data.text.EscapedText;
import org.mineral.data.text.TextFile;

/**
 * Ids in a text file: UTF-8, one on each line in the order of their indices, every line ended by a line feed. Within an id, tab,
 * line feed, carriage return and backslash are written {@code \t \n \r \\}. When reading, gzip, a byte order mark and lines that end with
 * CRLF are accepted as well.
 */
@Internal
public final class IdFile {

    private IdFile() {}

    /** The id as one field of one line. */
    public static String escape(String id) {
        return EscapedText.escape(id);
    }

    public static void write(Path file, IdMap ids) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            for (String id : ids.ids()) {
                writer.write(escape(id));
                writer.write('\n');
            }
        } catch (CharacterCodingException e) {
            throw new InputException("an id holds half a surrogate pair, which no text file can hold: " + e, e);
        }
    }

    /** @throws InputException if the file is not such a list, or an id occurs twice */
    public static IdMap read(Path file) throws IOException {
        String text = TextFile.text(file);
        IdMap.Builder ids = IdMap.builder();
        int line = 1;
        for (int start = 0; start < text.length(); line++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                throw new InputException(file + ":" + line + ": the last line has no end; the file was cut off.");
            }
            // A carriage return of an id is escaped; an unescaped one belongs to the line end.
            int last = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
            String id = unescape(text.substring(start, last), file, line);
            if (ids.add(id) != line - 1) {
                throw new InputException(file + ":" + line + ": id '" + id + "' occurs twice.");
            }
            start = end + 1;
        }
        return ids.build();
    }

    private static String unescape(String field, Path file, int line) {
        String id = EscapedText.unescape(field);
        if (id == null) {
            throw new InputException(file + ":" + line + ": a backslash; allowed after one: t, n, r, \\.");
        }
        return id;
    }
}
