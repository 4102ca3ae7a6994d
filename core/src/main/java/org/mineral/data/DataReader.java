package org.mineral.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.mineral.config.InputException;

/**
 * Reads interactions from a file or a directory. The format is recognised by content ({@link Sniffer}); then duplicates are
 * merged (the latest stays), pairs of train are dropped from valid and test, pairs of valid from test, and
 * everything that was changed is counted in the {@link DataReport}. What cannot be understood is refused with its line.
 */
final class DataReader {

    private final ReadOptions options;

    DataReader(ReadOptions options) {
        this.options = options;
    }

    /** A path as a user wrote it. */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InputException(
                    "found " + Refusal.quote(text) + ", which is no path; allowed: a directory, a file,"
                            + " or builtin:tastes; correct it",
                    e);
        }
    }

    Dataset read(Path path) {
        Map<String, Path> files = DataFiles.of(path);
        Assembly assembly = new Assembly();
        files.forEach((part, file) -> {
            try {
                readPart(part, file, assembly);
            } catch (IOException e) {
                throw DataFiles.unreadable(file, e);
            }
        });
        Path last = path.toAbsolutePath().normalize().getFileName();
        return assembly.build(last == null ? "data" : last.toString());
    }

    private void readPart(String part, Path file, Assembly assembly) throws IOException {
        Sniffer sniffed = Sniffer.sniff(file);
        PairList pairs;
        try (InputStream in = open(file, sniffed)) {
            pairs = sniffed.format() == Format.LIGHTGCN
                    ? LightGcnReader.plain(new Blocks(in), part, assembly)
                    : new PlainReader(file, part, sniffed, options, assembly).read(new Blocks(in));
        }
        if (pairs == null) {
            // Something that takes more care: quotes, or a line to refuse with its number.
            try (InputStream in = open(file, sniffed)) {
                pairs = sniffed.format() == Format.LIGHTGCN
                        ? new LightGcnReader(file, part, assembly).read(in)
                        : new DelimitedReader(file, part, sniffed, options, assembly).read(in);
            }
        }
        if (pairs.size() == 0 && part.equals("train")) {
            throw Refusal.of(
                    file,
                    "no interactions",
                    "at least one user with an item to train on",
                    "check that this is the right file" + (Double.isNaN(options.minRating()) ? "" : " and min_rating"));
        }
        assembly.put(part, pairs);
    }

    private static InputStream open(Path file, Sniffer sniffed) throws IOException {
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(sniffed.bom());
        return in;
    }
}
