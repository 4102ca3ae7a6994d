package org.mineral.app.command.option.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.attributes.AttributeColumn;
import org.mineral.data.attributes.AttributeOptions;
import org.mineral.data.attributes.FileAttributes;
import org.mineral.data.text.DataErrors;
import picocli.CommandLine.Option;

/** Side files with attributes of items and users, which join the data. */
final class FeatureOptions {

    @Option(
            names = "--item-features",
            paramLabel = "FILE",
            split = ",",
            description = "Attributes of items: a table with a column of ids (CSV, TSV, JSON lines, Parquet), lines "
                    + "'id word:count word:count', or vectors, NAME.npy with the ids in NAME.tsv. Several "
                    + "files are joined. Items that are only there join the catalogue.")
    List<Path> items = new ArrayList<>();

    @Option(names = "--user-features", paramLabel = "FILE", split = ",", description = "The same for users.")
    List<Path> users = new ArrayList<>();

    @Option(
            names = "--feature-columns",
            paramLabel = "NAME=ROLE,...",
            description = "What columns of these files are, where the guess is wrong: category, list (values "
                    + "separated by |), number (in bins), scaled, bag (word:count), text, vector, none (left "
                    + "out).")
    @Nullable
    String columns;

    @Option(
            names = "--feature-min-rows",
            paramLabel = "N",
            description = "Values of fewer rows are pooled into one of their column. Default: 2.")
    int minRows = AttributeOptions.DEFAULTS.minRows();

    private final Map<String, List<AttributeColumn>> understood = new LinkedHashMap<>();

    private interface Reader {
        FileAttributes read(Path file, AttributeOptions options) throws IOException;
    }

    /** Whether there are any. */
    boolean given() {
        return !items.isEmpty() || !users.isEmpty();
    }

    /**
     * The data with the attributes in these files.
     *
     * @param notes receives how each column was understood, and who is covered
     */
    Dataset join(Dataset data, Consumer<String> notes) throws IOException {
        if (!given()) {
            return data;
        }
        AttributeOptions options = AttributeOptions.DEFAULTS.with("min_rows", minRows);
        if (columns != null) {
            options = options.with("columns", columns);
        }
        List<FileAttributes> ofItems =
                read(items, options, (file, how) -> FileAttributes.ofItems(file, data.items(), how), notes);
        List<FileAttributes> ofUsers =
                read(users, options, (file, how) -> FileAttributes.ofUsers(file, data.users(), how), notes);
        FileAttributes.checkColumns(
                options, Stream.concat(ofItems.stream(), ofUsers.stream()).toList());
        checkIds("items", items, ofItems, data.items());
        checkIds("users", users, ofUsers, data.users());
        Dataset all = data.withMore(ids(ofUsers), ids(ofItems));
        Dataset joined = all.withAttributes(of(ofUsers, all.users()), of(ofItems, all.items()));
        note("items", joined.itemAttributes(), all.items().size() - data.items().size(), notes);
        note("users", joined.userAttributes(), all.users().size() - data.users().size(), notes);
        return joined;
    }

    /** These options as words of a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        facts().forEach((name, value) -> words.addAll(List.of("--" + name.replace('_', '-'), value)));
        return words;
    }

    /** Those of these options that differ from the defaults, by the names that a model keeps. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        put(facts, "item_features", items);
        put(facts, "user_features", users);
        if (given() && columns != null) {
            facts.put("feature_columns", columns);
        }
        if (given() && minRows != AttributeOptions.DEFAULTS.minRows()) {
            facts.put("feature_min_rows", Integer.toString(minRows));
        }
        return facts;
    }

    private static void put(Map<String, String> facts, String name, List<Path> files) {
        if (!files.isEmpty()) {
            facts.put(name, files.stream().map(Path::toString).collect(Collectors.joining(",")));
        }
    }

    /** By file, after reading: its columns as they were understood. */
    Map<String, List<AttributeColumn>> understood() {
        return understood;
    }

    private List<FileAttributes> read(List<Path> files, AttributeOptions options, Reader reader, Consumer<String> notes)
            throws IOException {
        List<FileAttributes> all = new ArrayList<>();
        for (Path file : files) {
            FileAttributes read = reader.read(file, options);
            read.lines().forEach(line -> notes.accept("  " + file.getFileName() + ": " + line));
            understood.put(file.toString(), read.columns());
            all.add(read);
        }
        return all;
    }

    /** Refuses files that tell of nobody in the data: those of other data, or ids that are written otherwise. */
    private static void checkIds(String kind, List<Path> files, List<FileAttributes> read, IdMap known) {
        List<String> ids = ids(read);
        if (!ids.isEmpty() && known.size() > 0 && ids.stream().allMatch(id -> known.index(id) < 0)) {
            throw DataErrors.of(
                    files.get(0),
                    String.format(
                            Locale.ROOT,
                            "none of the data's %,d %s, the first is %s",
                            known.size(),
                            kind,
                            DataErrors.quote(ids.get(0))),
                    "ids as in the data, such as " + DataErrors.quote(known.id(0)),
                    "correct the column of ids, or give the data's own file");
        }
    }

    private static List<String> ids(List<FileAttributes> files) {
        return files.stream().flatMap(file -> file.ids().ids().stream()).toList();
    }

    private static Attributes of(List<FileAttributes> files, IdMap ids) {
        Attributes all = Attributes.none(ids.size());
        for (FileAttributes file : files) {
            Attributes more = file.of(ids);
            for (String name : more.names().ids()) {
                if (all.names().index(name) >= 0) {
                    throw new InputException("the attribute '" + name
                            + "' is in two side files; allowed: each in one; leave the column out of one of them: "
                            + "--feature-columns NAME=none");
                }
            }
            all = all.and(more);
        }
        return all;
    }

    private static void note(String kind, Attributes attributes, int more, Consumer<String> notes) {
        if (!attributes.isEmpty()) {
            notes.accept(String.format(
                    Locale.ROOT,
                    "  %,d attributes of %,d of %,d %s%s",
                    attributes.columns(),
                    attributes.covered(),
                    attributes.rows(),
                    kind,
                    more == 0
                            ? ""
                            : String.format(Locale.ROOT, ", %,d of them without interactions in the data", more)));
        }
    }
}
