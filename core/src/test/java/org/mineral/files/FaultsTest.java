package org.mineral.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mineral.files.FaultyDisk.Fault;

/** The disk fails, or the process is killed, at every operation in turn: what was acknowledged is there, what is there is whole. */
@Tag("slow")
class FaultsTest {

    @TempDir
    private Path temp;

    private interface Work {
        void run(FaultyDisk disk, Path real) throws IOException;
    }

    /** Runs the work again and again, each time with a later operation at fault, until there is none. */
    private void atEveryOperation(Fault fault, Work work) throws IOException {
        int at = 1;
        for (boolean failed = true; failed; at++) {
            Path real = Files.createDirectory(temp.resolve(fault + "-" + at));
            FaultyDisk disk = new FaultyDisk(real, fault, at);
            work.run(disk, real);
            failed = disk.failed();
        }
        assertThat(at).as("there was something to fail").isGreaterThan(5);
    }

    private static List<String> read(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        open(file, false, lines).close();
        return lines;
    }

    private static Journal open(Path file, boolean repair, List<String> lines) throws IOException {
        FileLock lock = FileLock.tryLock(file);
        assertThat(lock).isNotNull();
        return Journal.open(file, lock, "<", repair, line -> {
            if (!line.startsWith("<") || !line.endsWith(">")) {
                throw new Journal.DamagedLineException("no line of ours", null);
            }
            lines.add(line);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aJournalKeepsWhatItAcknowledgedAndNothingOfWhatItRefused(Fault fault) throws IOException {
        atEveryOperation(fault, (disk, real) -> {
            List<String> acknowledged = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            try (Journal journal = open(disk.root().resolve("log"), false, new ArrayList<>())) {
                for (int k = 0; k < 4; k++) {
                    List<String> batch = List.of("<a" + k + ">", "<b" + k + ">");
                    try {
                        journal.append(batch);
                        acknowledged.addAll(batch);
                    } catch (IOException e) {
                        refused.addAll(batch);
                    }
                }
            } catch (IOException e) {
                assertThat(acknowledged).isEmpty();
            }
            List<String> found = read(real.resolve("log"));
            if (fault == Fault.FAILURE) {
                assertThat(found).isEqualTo(acknowledged);
                assertThat(acknowledged.size()).as("it stays usable").isGreaterThanOrEqualTo(disk.failed() ? 0 : 8);
                assertThat(refused.size()).isLessThanOrEqualTo(2);
            } else {
                // A batch that was written and not acknowledged may be there, as far as it came.
                assertThat(found.subList(0, Math.min(found.size(), acknowledged.size())))
                        .isEqualTo(acknowledged);
                assertThat(found.subList(acknowledged.size(), found.size()))
                        .isSubsetOf(refused.isEmpty() ? List.of("<a0>", "<b0>") : refused);
            }
            assertThat(Files.readString(real.resolve("log"))).isEqualTo(text(found));
        });
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    @ParameterizedTest
    @EnumSource
    void aRepairLosesNoLine(Fault fault) throws IOException {
        atEveryOperation(fault, (disk, real) -> {
            Path log = Files.writeString(real.resolve("log"), "<1>\ndamaged\n<2>\n<3>\ntorn");
            try (Journal journal = open(disk.root().resolve("log"), true, new ArrayList<>())) {
                journal.append(List.of("<4>"));
                assertThat(Files.readString(log)).isEqualTo("<1>\n<2>\n<3>\n<4>\n");
            } catch (IOException e) {
                List<String> lines = new ArrayList<>();
                open(log, true, lines).close();
                assertThat(lines).startsWith("<1>", "<2>", "<3>");
            }
            assertThat(read(log)).startsWith("<1>", "<2>", "<3>");
            assertThat(Files.readAllLines(real.resolve("log.damaged"))).contains("damaged", "torn");
            assertThat(real.toFile().list()).containsExactlyInAnyOrder("log", "log.damaged");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsTheOlderOneOrTheNewOne(Fault fault) throws IOException {
        String old = "old".repeat(10_000);
        String young = "new!".repeat(10_000);
        atEveryOperation(fault, (disk, real) -> {
            Path file = Files.writeString(real.resolve("page.html"), old);
            boolean acknowledged = false;
            try {
                AtomicFile.writeString(disk.root().resolve("page.html"), young);
                acknowledged = true;
            } catch (IOException e) {
                assertThat(disk.failed()).isTrue();
            }
            assertThat(Files.readString(file)).isIn(acknowledged ? List.of(young) : List.of(old, young));
            AtomicFile.writeString(file, "next");
            assertThat(file).hasContent("next");
            assertThat(real.toFile().list()).containsExactly("page.html");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aDirectoryIsTheOlderOneOrTheNewOne(Fault fault) throws IOException {
        atEveryOperation(fault, (disk, real) -> {
            write(real.resolve("data"), "old");
            Files.writeString(real.resolve("data").resolve("notes"), "mine");
            boolean acknowledged = false;
            try {
                write(disk.root().resolve("data"), "new");
                acknowledged = true;
            } catch (IOException e) {
                assertThat(disk.failed()).isTrue();
            }
            AtomicDirectory.recover(real.resolve("data"), FaultsTest::own);
            String text = Files.readString(real.resolve("data/a"));
            assertThat(text).isIn(acknowledged ? List.of("new") : List.of("old", "new"));
            assertThat(real.resolve("data/b")).hasContent(text);
            assertThat(real.resolve("data/notes")).hasContent("mine");
            write(real.resolve("data"), "next");
            assertThat(real.toFile().list()).containsExactly("data");
            assertThat(real.resolve("data/notes")).hasContent("mine");
        });
    }

    private static boolean own(String name) {
        return name.equals("a") || name.equals("b");
    }

    private static void write(Path place, String text) throws IOException {
        try (AtomicDirectory next = AtomicDirectory.replace(place, FaultsTest::own)) {
            Files.writeString(next.path().resolve("a"), text);
            Files.writeString(next.path().resolve("b"), text);
            next.commit();
        }
    }

    /** Names survive a loss of power only if their directory is forced after the rename. */
    @Test
    void contentIsForcedBeforeItsRenameAndTheNameAfter() throws IOException {
        FaultyDisk disk = new FaultyDisk(temp, Fault.FAILURE, 0);
        AtomicFile.writeString(disk.root().resolve("file"), "text");
        write(disk.root().resolve("data"), "text");
        List<String> operations = disk.operations();
        for (String place : List.of("file", "data")) {
            int moved = operations.indexOf("move " + place);
            String temporary = operations.get(moved - 1);
            assertThat(temporary).startsWith("force ." + place + ".new-");
            assertThat(operations.get(moved + 1)).isEqualTo("force .");
        }
        assertThat(Collections.frequency(operations, "force a")).isEqualTo(1);
        assertThat(Collections.frequency(operations, "force b")).isEqualTo(1);
    }
}
