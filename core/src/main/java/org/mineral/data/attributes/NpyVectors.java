package org.mineral.data.attributes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.items.TableScan;
import org.mineral.data.rows.IdFile;
import org.mineral.files.NpyReader;

/**
 * A side file of dense vectors: a NumPy array, rows x d, of four- or eight-byte floating-point numbers. Beside {@code NAME.npy} stands
 * {@code NAME.tsv} with the id of each row, one on each line, as an export has it.
 */
record NpyVectors(Path file) implements FileAttributes.Source {

    private static final String ENDING = ".npy";
    private static final double LARGEST = 1e30;

    /** Whether a file is such an array, by its name or its first bytes. */
    static boolean is(Path file) throws IOException {
        if (file.toString().endsWith(ENDING)) {
            return true;
        }
        byte[] magic = NpyReader.magic();
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(magic.length), magic);
        }
    }

    private String name() {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    @Override
    public FileAttributes.Head read(TableScan.Rows rows) throws IOException {
        try (NpyReader array = new NpyReader(file, 2, "<f4", "<f8")) {
            if (array.length(1) < 1 || array.length(1) > AttributeBuilder.LONGEST_VECTOR) {
                throw array.bad(
                        String.format(Locale.ROOT, "vectors of %,d numbers", array.length(1)),
                        String.format(Locale.ROOT, "1 to %,d", AttributeBuilder.LONGEST_VECTOR));
            }
            IdMap ids = ids(array.length(0));
            for (int row = 0; row < ids.size(); row++) {
                float[] vector = new float[(int) array.length(1)];
                for (int k = 0; k < vector.length; k++) {
                    double value = array.number();
                    if (!(Math.abs(value) <= LARGEST)) {
                        throw new InputException(String.format(
                                Locale.ROOT,
                                "%s: found %s at [%d, %d], in the vector of '%s'; allowed: finite numbers up to 1e30; correct the array.",
                                file,
                                value,
                                row,
                                k,
                                ids.id(row)));
                    }
                    vector[k] = (float) value;
                }
                rows.add(row + 1L, ids.id(row), new @Nullable Object[] {ids.id(row), vector});
            }
        }
        return new FileAttributes.Head(List.of("id", name()), 0, List.of(), AttributeRole.VECTOR);
    }

    private IdMap ids(long rows) throws IOException {
        Path list = file.resolveSibling(name() + ".tsv");
        if (!Files.isRegularFile(list)) {
            throw new InputException(
                    file + " has no ids; write those of its rows into " + list + ", one on each line.");
        }
        IdMap ids = IdFile.read(list);
        if (ids.size() != rows) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s has %,d rows and %s %,d ids; allowed: one id for each row.",
                    file,
                    rows,
                    list,
                    ids.size()));
        }
        return ids;
    }
}
