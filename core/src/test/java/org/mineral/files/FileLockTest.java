package org.mineral.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLockTest {

    @TempDir
    private Path directory;

    /** Another process: says whether it gets the lock, and keeps it. */
    public static final class Locker {
        public static void main(String[] args) throws Exception {
            System.out.println(FileLock.tryLock(Path.of(args[0])) != null ? "locked" : "refused");
            Thread.sleep(60_000);
        }
    }

    private String other(Path file) throws Exception {
        try (OtherProcess other = OtherProcess.start(Locker.class, file.toString())) {
            return other.line();
        }
    }

    @Test
    void oneProcessAtATimeHasIt() throws Exception {
        Path file = directory.resolve("log");
        try (OtherProcess other = OtherProcess.start(Locker.class, file.toString())) {
            assertThat(other.line()).isEqualTo("locked");
            assertThat(FileLock.tryLock(file)).isNull();
        }
        try (FileLock lock = FileLock.tryLock(file)) {
            assertThat(lock).as("the other was killed").isNotNull();
            assertThat(other(file)).isEqualTo("refused");
        }
        assertThat(other(file)).isEqualTo("locked");
    }

    @Test
    void attemptsOfTheOwnProcessAreRefusedAndKeepOthersOut() throws Exception {
        Path file = directory.resolve("log");
        try (FileLock lock = FileLock.tryLock(file)) {
            assertThat(lock).isNotNull();
            assertThat(FileLock.tryLock(file)).isNull();
            Path link = Files.createSymbolicLink(directory.resolve("soft"), file);
            Path twin = Files.createLink(directory.resolve("hard"), file);
            for (Path name : new Path[] {link, twin, directory.resolve("../" + directory.getFileName() + "/log")}) {
                assertThat(FileLock.tryLock(name)).as(name.toString()).isNull();
                assertThat(other(name)).as(name.toString()).isEqualTo("refused");
            }
        }
    }

    @Test
    void aDeletedLockIsFreeAndDeletesNobodyElsesFile() throws IOException {
        Path file = directory.resolve("lock");
        FileLock first = FileLock.tryLock(file);
        assertThat(first).isNotNull();
        first.delete();
        assertThat(file).doesNotExist();
        try (FileLock second = FileLock.tryLock(file)) {
            assertThat(second).isNotNull();
            first.delete();
            first.close();
            assertThat(file).exists();
            assertThat(FileLock.tryLock(file)).isNull();
        }
    }
}
