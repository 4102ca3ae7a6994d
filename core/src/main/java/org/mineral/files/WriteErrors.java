package org.mineral.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.mineral.config.InputException;

/** What people are told when a file or directory cannot be written: which, why, and where to look. */
public final class WriteErrors {

    private WriteErrors() {}

    /**
     * @param target the place that was asked for; the temporary one beside it, which the cause may name, says nothing
     * @return an {@link InputException} if nothing can be written at this place at all, an {@link UncheckedIOException} if writing
     *     failed, because the disk is full, say
     */
    public static RuntimeException of(Path target, IOException cause) {
        String message = "cannot write " + target + ": " + reason(cause)
                + ". Check the path, its permissions and the space on the disk.";
        return isUnusable(cause)
                ? new InputException(message, cause)
                : new UncheckedIOException(new IOException(message, cause));
    }

    /** Whether a path cannot be used as it is asked for: it is missing, forbidden or of another kind. The disk is not at fault. */
    public static boolean isUnusable(IOException cause) {
        return cause instanceof FileSystemException file
                && !String.valueOf(file.getReason()).matches("No space left .*|Disk quota .*|Input/output error");
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
