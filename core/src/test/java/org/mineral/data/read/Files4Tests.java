package org.mineral.data.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.Interactions;

/** Files that tests write, and the content of a data set without regard to the order of its indices. */
public final class Files4Tests {

    private Files4Tests() {}

    public static Path write(Path directory, String name, String text) {
        return write(directory, name, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Path write(Path directory, String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code part/user/item[/rating][/timestamp]}, sorted. */
    public static TreeSet<String> content(Dataset data) {
        TreeSet<String> content = new TreeSet<>();
        add(content, "train", data, data.train());
        add(content, "valid", data, data.valid());
        add(content, "test", data, data.test());
        return content;
    }

    private static void add(TreeSet<String> content, String part, Dataset data, Interactions pairs) {
        Events events = data.events();
        for (int u = 0; u < pairs.users(); u++) {
            for (int item : pairs.row(u)) {
                String text =
                        part + "/" + data.users().id(u) + "/" + data.items().id(item);
                if (events != null && events.ratings() != null) {
                    text += "/" + events.ratings()[events.position(u, item)];
                }
                if (events != null && events.timestamps() != null) {
                    text += "/"
                            + BigDecimal.valueOf(events.timestamps()[events.position(u, item)], events.timeDigits())
                                    .toPlainString();
                }
                content.add(text);
            }
        }
    }
}
