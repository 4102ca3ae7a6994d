package org.mineral.data.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A reader of binary files, found by {@link ServiceLoader}. The command line provides one for Parquet.
 */
public interface TableFormat {

    /** Whether a file that begins with these bytes has this format. */
    boolean recognises(byte[] head);

    /**
     * Calls {@link RowSink#columns}, then passes on all rows.
     *
     * @throws org.mineral.config.InputException if the file is damaged, or lacks a column that is needed
     */
    void read(Path file, RowSink rows) throws IOException;

    /**
     * Passes on all rows as texts and lists of texts. Other columns, such as structures, are left out.
     *
     * @throws org.mineral.config.InputException if the file is damaged
     */
    void read(Path file, TableRows rows) throws IOException;

    /** The format that recognises these bytes, if any. */
    static Optional<TableFormat> of(byte[] head) {
        return Known.FORMATS.stream().filter(format -> format.recognises(head)).findFirst();
    }

    /** Loaded once. */
    final class Known {

        private static final List<TableFormat> FORMATS =
                ServiceLoader.load(TableFormat.class, TableFormat.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();

        private Known() {}
    }
}
