package org.mineral.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mineral.config.InputException;

class WriteErrorsTest {

    @Test
    void namesThePlaceThatWasAskedForAndTheReasonWithoutJavasClasses() {
        assertThat(message(new IOException("No space left on device")))
                .isEqualTo(
                        "cannot write lists.csv: No space left on device. Check the path, its permissions and the space"
                                + " on the disk.");
        assertThat(message(new FileSystemException("/x/.lists.csv.new-1", null, "Read-only file system")))
                .startsWith("cannot write lists.csv: Read-only file system.");
        assertThat(message(new AccessDeniedException("/x"))).startsWith("cannot write lists.csv: access denied.");
        assertThat(message(new NoSuchFileException("/x"))).startsWith("cannot write lists.csv: no such directory.");
        assertThat(message(new IOException())).startsWith("cannot write lists.csv: IOException.");
    }

    @Test
    void anUnusablePathIsBadInputAndAFullDiskIsAFailure() {
        for (IOException place : new IOException[] {
            new NoSuchFileException("x"),
            new AccessDeniedException("x"),
            new FileSystemException("x", null, "Is a directory"),
            new FileSystemException("x", null, "Read-only file system")
        }) {
            assertThat(WriteErrors.of(Path.of("x"), place)).isInstanceOf(InputException.class);
        }
        for (IOException disk : new IOException[] {
            new IOException("No space left on device"),
            new FileSystemException("x", null, "No space left on device"),
            new FileSystemException("x", null, "Disk quota exceeded")
        }) {
            assertThat(WriteErrors.of(Path.of("x"), disk)).isInstanceOf(UncheckedIOException.class);
        }
    }

    private static String message(IOException cause) {
        RuntimeException error = WriteErrors.of(Path.of("lists.csv"), cause);
        return String.valueOf(
                error instanceof UncheckedIOException unchecked
                        ? unchecked.getCause().getMessage()
                        : error.getMessage());
    }
}
