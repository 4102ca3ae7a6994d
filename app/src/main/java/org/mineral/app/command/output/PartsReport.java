package org.mineral.app.command.output;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.mineral.app.json.JsonText;
import org.mineral.data.Dataset;

/** The parts of data that were written to a directory. */
public final class PartsReport {

    private PartsReport() {}

    /** Sizes, as a line. */
    public static String line(Path directory, int users, int items, long train, long valid, long test) {
        return String.format(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d train, %,d valid, %,d test",
                directory,
                users,
                items,
                train,
                valid,
                test);
    }

    /** Sizes, as a line. */
    public static String line(Path directory, Dataset parts) {
        return line(
                directory,
                parts.users().size(),
                parts.items().size(),
                parts.train().size(),
                parts.valid().size(),
                parts.test().size());
    }

    /** Sizes and what was left out, as JSON. */
    public static Map<String, Object> document(Path directory, Dataset parts) {
        return JsonText.object(
                "data", directory.toString(),
                "columns", parts.report().sources(),
                "users", parts.users().size(),
                "items", parts.items().size(),
                "train", parts.train().size(),
                "valid", parts.valid().size(),
                "test", parts.test().size(),
                "notes", parts.report().notes());
    }
}
