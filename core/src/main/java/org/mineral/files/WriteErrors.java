package org.mineral.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.mineral.config.InputException;

/** Errors about files and directories that cannot be written: which one, why, and what to check. */
public final class WriteErrors {

    private WriteErrors() {}

    /**
     * @param target the path that the user gave; the cause may name a temporary file beside it
     * @return an {@link InputException} if the path cannot be written at all, an {@link UncheckedIOException} if writing failed, for instance
     *     because the disk is full
     */
    public static RuntimeException of(Path target, IOException cause) {
        String message = "cannot write " + target + ": " + reason(cause)
                + ". Check the path, its permissions and the space on the disk.";
        return isUnusable(cause)
                ? new InputException(message, cause)
                : new UncheckedIOException(new IOException(message, cause));
    }

    /** Whether the path is the problem (missing, forbidden or of another kind), and not the disk. */
    public static boolean isUnusable(IOException cause) {
        return cause instanceof FileSystemException file
                && !String.valueOf(file.getReason()).matches("No space left .*|Disk quota .*|Input/output error");
    }

    /** The reason, without Java class names. */
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
