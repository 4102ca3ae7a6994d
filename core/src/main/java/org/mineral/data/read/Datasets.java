package org.mineral.data.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.rows.RowSource;
import org.mineral.data.synthetic.SyntheticData;

/** Reads data sets: files, directories, other sources of rows, generated data. */
public final class Datasets {

    private Datasets() {}

    /**
     * Reads a directory with {@code train.*}, {@code test.*} and optionally {@code valid.*}, or one file of interactions;
     * the formats and rules are those of {@link DataReader}.
     *
     * @throws InputException if the data cannot be used; the message says where, why and what to do
     */
    public static Dataset read(Path path) {
        return read(path, ReadOptions.DEFAULTS);
    }

    /** As {@link #read(Path)}, with options. */
    public static Dataset read(Path path, ReadOptions options) {
        return new DataReader(options).read(path);
    }

    /** All of these files together as train. */
    public static Dataset read(String name, List<Path> files, ReadOptions options) {
        if (files.isEmpty()) {
            throw new InputException("no file to read; allowed: one or more; name them");
        }
        return new DataReader(options).read(name, Map.of("train", files));
    }

    /**
     * Reads rows from a source other than a file; all of them are train.
     *
     * @param name of the data set, also used in messages
     */
    public static Dataset read(String name, RowSource source, ReadOptions options) throws IOException {
        return new DataReader(options).read(name, source);
    }

    /** As {@link #read(String)}, with options; generated data ignore them. */
    public static Dataset read(String pathOrBuiltin, ReadOptions options) {
        return SyntheticData.isBuiltin(pathOrBuiltin)
                ? read(pathOrBuiltin)
                : read(DataReader.path(pathOrBuiltin), options);
    }

    /** As {@link #read(Path)}; {@code builtin:tastes} or {@code builtin:tastes:users=1000,seed=3} makes {@link SyntheticData}. */
    public static Dataset read(String pathOrBuiltin) {
        return SyntheticData.isBuiltin(pathOrBuiltin)
                ? SyntheticData.generate(pathOrBuiltin).data()
                : read(DataReader.path(pathOrBuiltin));
    }
}
