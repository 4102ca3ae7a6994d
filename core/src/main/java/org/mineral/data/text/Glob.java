package org.mineral.data.text;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Patterns of file names: {@code logs/2026-*.csv.gz}, {@code logs/**.parquet}. Hidden files do not match. An existing directory is taken
 * literally, even if its name contains pattern characters.
 */
public final class Glob {

    private static final int MOST_FILES = 100_000;

    private Glob() {}

    public static boolean isPattern(Path path) {
        return path.toString().chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /** The files that match, in the order of their paths. */
    public static List<Path> files(Path pattern) throws IOException {
        Path root = pattern.getRoot();
        Path base = root == null ? Path.of("") : root;
        int fixed = 0;
        while (fixed < pattern.getNameCount()
                && (!isPattern(pattern.getName(fixed)) || Files.exists(base.resolve(pattern.getName(fixed))))) {
            base = base.resolve(pattern.getName(fixed++));
        }
        String rest = pattern.subpath(fixed, pattern.getNameCount()).toString();
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        PathMatcher matcher;
        try {
            matcher = pattern.getFileSystem().getPathMatcher("glob:" + rest);
        } catch (PatternSyntaxException e) {
            throw DataErrors.of(pattern, "a pattern that cannot be understood", "*, ?, ** and {a,b}", "correct it");
        }
        Path start = base;
        int depth = rest.contains("**") ? 64 : pattern.getNameCount() - fixed;
        try (Stream<Path> found = Files.walk(start, depth, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> files = found.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(start.relativize(file)) && !hidden(start.relativize(file)))
                    .limit(MOST_FILES + 1L)
                    .sorted()
                    .toList();
            if (files.size() > MOST_FILES) {
                throw DataErrors.of(
                        pattern, "more than " + MOST_FILES + " files", "fewer", "choose a narrower pattern");
            }
            return files;
        }
    }

    private static boolean hidden(Path relative) {
        for (Path name : relative) {
            if (name.toString().startsWith(".") || name.toString().equals("_SUCCESS")) {
                return true;
            }
        }
        return relative.toString().endsWith("~");
    }
}
