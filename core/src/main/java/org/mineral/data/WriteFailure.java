package org.mineral.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What people are told when a file or directory cannot be written: which, why, and where to look. */
public final class WriteFailure {

    private WriteFailure() {}

    /** @param target the place that was asked for; the temporary one beside it, which the cause may name, says nothing */
    public static IOException of(Path target, IOException cause) {
        return new IOException(
                "cannot write " + target + ": " + reason(cause)
                        + ". Check the path, its permissions and the space on the disk.",
                cause);
    }

    /** Why, without names of Java's classes. */
    public static String reason(IOException cause) {
        if (cause instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        } else if (cause instanceof AccessDeniedException) {
            return "access denied";
        } else if (cause instanceof NoSuchFileException) {
            return "no such directory";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
