package org.mineral.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;

class AtomicDirectoryTest {

    @TempDir
    private Path directory;

    /** Another process: begins, says so, and never ends. */
    public static final class Writer {
        public static void main(String[] args) throws Exception {
            AtomicDirectory unfinished = AtomicDirectory.create(Path.of(args[0]));
            Files.writeString(unfinished.path().resolve("train.csv"), "half");
            System.out.println(unfinished.path());
            Thread.sleep(60_000);
        }
    }

    @Test
    void onlyLeftoversOfKilledWritersAreDeleted() throws Exception {
        Path data = directory.resolve("data");
        Path half;
        try (OtherProcess other = OtherProcess.start(Writer.class, data.toString())) {
            half = Path.of(other.line());
            write(data, "a");
            assertThat(half.resolve("train.csv")).as("its process lives").exists();
            assertThat(data.resolve("train.csv")).hasContent("a");
        }
        assertThat(half.resolve("train.csv")).as("it was killed").exists();
        Path foreign = Files.createDirectory(directory.resolve(".data.new-foreign"));
        // A second writer of this process must not take the first one's files for abandoned.
        try (AtomicDirectory mine = AtomicDirectory.replace(data, name -> true)) {
            write(data, "b");
            assertThat(half).doesNotExist();
            assertThat(mine.path()).exists();
        }
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("data", ".data.new-foreign");
        assertThat(foreign).as("none of ours").exists();
    }

    @Test
    void aSecondAttemptInOneProcessDoesNotReleaseTheLockForOthers() throws Exception {
        Path data = directory.resolve("data");
        try (AtomicDirectory mine = AtomicDirectory.replace(data, name -> true)) {
            Files.writeString(mine.path().resolve("train.csv"), "mine");
            AtomicDirectory.recover(data, name -> true);
            try (OtherProcess other = OtherProcess.start(Recoverer.class, data.toString())) {
                assertThat(other.line()).isEqualTo("recovered");
            }
            mine.commit();
        }
        assertThat(data.resolve("train.csv")).hasContent("mine");
    }

    /** Another process that clears away what nobody writes. */
    public static final class Recoverer {
        public static void main(String[] args) throws Exception {
            AtomicDirectory.recover(Path.of(args[0]), name -> true);
            System.out.println("recovered");
        }
    }

    @Test
    void filesOfOthersMoveToTheNewDirectory() throws IOException {
        Path data = directory.resolve("data");
        write(data, "a");
        Files.writeString(data.resolve("notes.txt"), "mine");
        write(data, "b");
        assertThat(data.resolve("notes.txt")).hasContent("mine");
        assertThat(data.resolve("train.csv")).hasContent("b");
    }

    @Test
    void whatALinkLeadsToIsReplacedAndTheLinkStays() throws IOException {
        Path data = directory.resolve("data");
        write(data, "a");
        Path link = Files.createSymbolicLink(directory.resolve("link"), data);
        write(link, "b");
        assertThat(link).isSymbolicLink();
        assertThat(data.resolve("train.csv")).hasContent("b");
        Path file = Files.writeString(directory.resolve("page.html"), "a");
        Path other = Files.createSymbolicLink(directory.resolve("other"), file);
        AtomicFile.writeString(other, "b");
        assertThat(other).isSymbolicLink();
        assertThat(file).hasContent("b");
    }

    @Test
    void aNewDirectoryDoesNotReplaceAnother() throws IOException {
        write(directory.resolve("data"), "a");
        assertThatThrownBy(() -> AtomicDirectory.create(directory.resolve("data")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("something there already");
    }

    private static void write(Path place, String text) throws IOException {
        try (AtomicDirectory next = AtomicDirectory.replace(place, "train.csv"::equals)) {
            Files.writeString(next.path().resolve("train.csv"), text);
            next.commit();
        }
    }
}
