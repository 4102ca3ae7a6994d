package org.mineral.app.command.option.ranking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mineral.data.IdMap;
import org.mineral.model.Model;
import org.mineral.recommend.Catalogue;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Query;
import picocli.CommandLine.Option;

/** Titles and attributes of items, and restrictions of the listed items. */
public final class ItemOptions {

    @Option(
            names = "--items",
            paramLabel = "FILE",
            description = "Titles and attributes of items: a table with a header such as item,title,genres. "
                    + "Titles are one more column of the lists.")
    @Nullable
    Path table;

    @Option(
            names = "--filter",
            paramLabel = "NAME:VALUE",
            description =
                    "Only items with this value of an attribute of --items, or of those that the model was trained with: genres:Drama, or genres:Drama|Crime "
                            + "for any of several. Repeat it for items that pass every one.")
    List<String> filters = new ArrayList<>();

    @Option(
            names = "--only",
            paramLabel = "ITEM,ITEM",
            description = "Only these items; may be repeated. An id that contains commas is taken whole.")
    @Nullable
    List<String> only;

    @Option(names = "--only-file", paramLabel = "FILE", description = "The same, an item a line; - is standard input.")
    @Nullable
    String onlyFile;

    @Option(names = "--exclude", paramLabel = "ITEM,ITEM", description = "None of these items; given as for --only.")
    List<String> exclude = new ArrayList<>();

    @Option(
            names = "--exclude-file",
            paramLabel = "FILE",
            description = "The same, an item a line; - is standard input.")
    @Nullable
    String excludeFile;

    /** Whether the listed items are restricted. */
    public boolean choose() {
        return only != null || onlyFile != null || !exclude.isEmpty() || excludeFile != null || !filters.isEmpty();
    }

    public boolean titled() {
        return table != null;
    }

    /** The model with the titles and attributes of its items. */
    public LoadedModel loaded(Model loaded, Consumer<String> notes) throws IOException {
        return LoadedModel.of(loaded, Catalogue.of(loaded, table, notes));
    }

    /** A request for a list, with the restrictions given here. */
    public Query query(IdMap items, int n, int offset, boolean includeSeen, double diversity) throws IOException {
        List<String> allowed = only == null && onlyFile == null
                ? null
                : ids(items, only == null ? List.of() : only, "--only-file", onlyFile);
        return new Query(
                n,
                offset,
                includeSeen,
                ids(items, exclude, "--exclude-file", excludeFile),
                allowed,
                filters,
                diversity);
    }

    private static List<String> ids(IdMap items, List<String> given, String option, @Nullable String file)
            throws IOException {
        List<String> ids = new ArrayList<>();
        given.forEach(text -> ids.addAll(split(text, items)));
        if (file != null) {
            ids.addAll(IdFiles.read(option, file, items));
        }
        return ids.stream().distinct().toList();
    }

    /** Ids separated by commas; the whole text if it is an id. */
    public static List<String> split(String text, IdMap known) {
        return parts(text, known).filter(id -> !id.isEmpty()).toList();
    }

    /** As above, with an empty id where nothing stands between two commas. */
    static Stream<String> parts(String text, IdMap known) {
        return known.index(text) >= 0
                ? Stream.of(text)
                : Stream.of(text.split(",", -1)).map(id -> known.index(id) < 0 ? id.strip() : id);
    }

    /** Reports the ids of a query that the model does not know. */
    public void noteIgnored(IdMap known, Query query, Consumer<String> notes) {
        List<String> ids = new ArrayList<>(query.exclude());
        ids.addAll(query.only() == null ? List.of() : query.only());
        List<String> unknown = ids.stream().filter(id -> known.index(id) < 0).toList();
        if (!unknown.isEmpty()) {
            notes.accept(String.format(
                    Locale.ROOT,
                    "%,d of %,d ids in --only and --exclude are unknown to the model and ignored, the first '%s'",
                    unknown.size(),
                    ids.size(),
                    unknown.get(0)));
        }
    }
}
