package org.mineral.app.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes and reads: results to {@code out}, everything else to {@code err}.
 *
 * @param terminal whether {@code err} is a terminal, where a progress bar may be redrawn
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {

    /** The launcher hands standard error over as descriptor 0; see there. */
    private static final boolean SWAPPED = Boolean.getBoolean("mineral.swapped");

    /** This process's own streams, in UTF-8. */
    public static Console ofProcess() {
        FileDescriptor errors = SWAPPED ? FileDescriptor.in : FileDescriptor.err;
        PrintStream err = new PrintStream(new FileOutputStream(errors), true, StandardCharsets.UTF_8);
        PrintStream out = new PrintStream(
                new ResultStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        return new Console(out, err, Boolean.getBoolean("mineral.terminal"));
    }

    /** Standard input, wherever it is. */
    public static InputStream stdin() throws IOException {
        return SWAPPED ? new FileInputStream("/dev/fd/9") : System.in;
    }
}
