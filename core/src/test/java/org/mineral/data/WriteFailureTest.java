package org.mineral.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WriteFailureTest {

    @Test
    void namesThePlaceThatWasAskedForAndTheReasonWithoutJavasClasses() {
        assertThat(message(new IOException("No space left on device")))
                .isEqualTo(
                        "cannot write lists.csv: No space left on device. Check the path, its permissions and the space"
                                + " on the disk.");
        assertThat(message(new FileSystemException("/x/.lists.csv.writing-1", null, "Read-only file system")))
                .startsWith("cannot write lists.csv: Read-only file system.");
        assertThat(message(new AccessDeniedException("/x"))).startsWith("cannot write lists.csv: access denied.");
        assertThat(message(new NoSuchFileException("/x"))).startsWith("cannot write lists.csv: no such directory.");
        assertThat(message(new IOException())).startsWith("cannot write lists.csv: IOException.");
    }

    private static String message(IOException cause) {
        return WriteFailure.of(Path.of("lists.csv"), cause).getMessage();
    }
}
