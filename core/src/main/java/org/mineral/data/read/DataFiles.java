package org.mineral.data.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mineral.config.InputException;
import org.mineral.data.rows.DatasetBuilder;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.Glob;

/**
 * Finds the files of a path. A file is the train part; a pattern ({@link Glob}) means all files that match. In a directory, {@code train.*}
 * or {@code NAME.train.*} (as in RecBole) is the train part, likewise test and valid (also validation or val); each is a file, or a directory
 * of {@code part-*} files as Spark writes it. If there is none of these: the directory's own {@code part-*} files, otherwise its only
 * {@code interactions.*}, {@code ratings.*}, {@code *.inter} or MovieLens's {@code u.data}. More than one file for a part is an error.
 */
public final class DataFiles {

    private static final int LISTED = 8;

    private DataFiles() {}

    /**
     * Part names to files, in the order in which they are to be read.
     *
     * @throws InputException if no file is found, or the choice is ambiguous
     */
    public static Map<String, List<Path>> of(Path path) {
        if (Files.isDirectory(path)) {
            try (Stream<Path> entries = Files.list(path)) {
                return inDirectory(
                        path, entries.filter(DataFiles::holdsData).sorted().toList());
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
        if (!Files.exists(path) && Glob.isPattern(path)) {
            return Map.of("train", matching(path));
        }
        if (!Files.exists(path)) {
            throw DataErrors.of(
                    path,
                    "nothing there",
                    "a directory with train.* and test.*, a file of interactions, or builtin:tastes",
                    "check the path");
        }
        if (!Files.isRegularFile(path)) {
            throw DataErrors.of(path, "neither a file nor a directory", "these two", "copy the data to a file first");
        }
        return Map.of("train", List.of(path));
    }

    private static List<Path> matching(Path pattern) {
        try {
            List<Path> files = Glob.files(pattern);
            if (files.isEmpty()) {
                throw DataErrors.of(
                        pattern, "no file that matches", "a pattern of files that are there", "check the path");
            }
            return files;
        } catch (IOException e) {
            throw unreadable(pattern, e);
        } catch (UncheckedIOException e) {
            throw unreadable(pattern, new IOException(e.getMessage(), e));
        }
    }

    private static Map<String, List<Path>> inDirectory(Path directory, List<Path> entries) {
        boolean plain = Stream.of(DatasetBuilder.PARTS)
                .anyMatch(part -> !part(entries, part, true).isEmpty());
        Map<String, List<Path>> files = new LinkedHashMap<>();
        for (String part : DatasetBuilder.PARTS) {
            List<Path> named = part(entries, part, plain);
            if (!named.isEmpty()) {
                files.put(part, pieces(only(directory, part + ".*", named)));
            }
        }
        if (files.containsKey("train")) {
            return files;
        }
        if (!files.isEmpty()) {
            throw DataErrors.of(
                    directory,
                    "no train.* beside " + String.join(".* and ", files.keySet()) + ".*",
                    "a directory with train.* and test.* (and valid.*)",
                    "add the missing file or name it so");
        }
        List<Path> pieces = pieces(directory);
        if (!pieces.isEmpty()) {
            return Map.of("train", pieces);
        }
        List<Path> single = matching(
                entries,
                name -> name.startsWith("interactions.")
                        || name.startsWith("ratings.")
                        || name.endsWith(".inter")
                        || name.equals("u.data"));
        if (single.isEmpty()) {
            throw DataErrors.of(
                    directory,
                    "no file named train.* among " + listed(entries),
                    "a directory with train.* and test.* (and valid.*), or one file interactions.*, ratings.* or *.inter",
                    "give the file of interactions itself");
        }
        return Map.of("train", pieces(only(directory, "file of interactions", single)));
    }

    /** Files, and directories of {@code part-*} files. */
    private static boolean holdsData(Path entry) {
        return Files.isRegularFile(entry)
                || Files.isDirectory(entry) && !pieces(entry).isEmpty();
    }

    /**
     * A file itself; for a directory that Spark or Hadoop wrote, its {@code part-*} files, which form one table. Their other files,
     * {@code _SUCCESS} and {@code .part-00000.crc}, have other names.
     */
    private static List<Path> pieces(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> name(entry).startsWith("part-") && Files.isRegularFile(entry))
                    .filter(entry ->
                            !name(entry).endsWith(".crc") && !name(entry).endsWith("~"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** {@code part.*}, or {@code NAME.part.*}, under any of the part's names. */
    private static List<Path> part(List<Path> entries, String part, boolean plain) {
        List<String> names = part.equals("valid") ? List.of("valid", "validation", "val") : List.of(part);
        return matching(
                entries,
                file -> names.stream()
                        .anyMatch(name -> plain
                                ? file.equals(name) || file.startsWith(name + ".")
                                : file.contains("." + name + ".")));
    }

    /** The first names, for the message. */
    private static String listed(List<Path> entries) {
        String names = entries.stream().limit(LISTED).map(DataFiles::name).collect(Collectors.joining(", "));
        int more = entries.size() - LISTED;
        return entries.isEmpty()
                ? "no files at all"
                : DataErrors.printable(names) + (more > 0 ? " and " + more + " more" : "");
    }

    private static List<Path> matching(List<Path> entries, Predicate<String> wanted) {
        return entries.stream()
                .filter(p -> wanted.test(name(p).toLowerCase(Locale.ROOT)) && !name(p).endsWith("~"))
                .toList();
    }

    private static Path only(Path directory, String what, List<Path> found) {
        if (found.size() > 1) {
            String names = found.stream().map(DataFiles::name).collect(Collectors.joining(", "));
            throw DataErrors.of(
                    directory, "several: " + names, "exactly one " + what, "remove or rename those that do not count");
        }
        return found.get(0);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    static InputException unreadable(Path path, IOException e) {
        String why = e instanceof AccessDeniedException ? "no permission to read" : "an error while reading: " + e;
        return new InputException(path + ": found " + why + "; allowed: readable files; check permissions and disk", e);
    }
}
