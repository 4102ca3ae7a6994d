package org.mineral.data.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A reader of files that are no text, added by whoever has the library for it: implementations are found through
 * {@link ServiceLoader}. The command line adds Parquet.
 */
public interface TableFormat {

    /** Whether a file that begins so is of this format. */
    boolean recognises(byte[] head);

    /**
     * Hands on all rows, after {@link RowSink#columns}.
     *
     * @throws org.mineral.config.InputException if the file is damaged, or lacks what is needed
     */
    void read(Path file, RowSink rows) throws IOException;

    /**
     * Hands on all rows as texts and lists of texts. Columns that hold neither, such as structures, are left out.
     *
     * @throws org.mineral.config.InputException if the file is damaged
     */
    void read(Path file, TableRows rows) throws IOException;

    /** The one that recognises this, if there is one. */
    static Optional<TableFormat> of(byte[] head) {
        return Known.FORMATS.stream().filter(format -> format.recognises(head)).findFirst();
    }

    /** Looked up once. */
    final class Known {

        private static final List<TableFormat> FORMATS =
                ServiceLoader.load(TableFormat.class, TableFormat.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();

        private Known() {}
    }
}
