package org.mineral.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

    @TempDir
    private Path directory;

    private Path file;
    private final List<String> lines = new ArrayList<>();
    private List<String> repairs = List.of();

    @BeforeEach
    void place() {
        file = directory.resolve("log");
    }

    private Journal open(boolean repair) throws IOException {
        lines.clear();
        FileLock lock = FileLock.tryLock(file);
        assertThat(lock).as("nobody has it").isNotNull();
        Journal journal = Journal.open(file, lock, "<line ", repair, line -> {
            if (!line.matches("<line .*>\r?")) {
                throw new Journal.DamagedLineException("no line of ours", null);
            }
            lines.add(line);
        });
        repairs = journal.repairs();
        return journal;
    }

    private void reopened(boolean repair, String... expected) throws IOException {
        open(repair).close();
        assertThat(lines).containsExactly(expected);
    }

    @Test
    void linesComeBackInTheirOrder() throws IOException {
        try (Journal journal = open(false)) {
            journal.append(List.of("<line 1>", "<line \u00fc\ud83d\ude00>"));
            journal.append(List.of());
            journal.append(List.of("<line 3>"));
        }
        reopened(false, "<line 1>", "<line \u00fc\ud83d\ude00>", "<line 3>");
        assertThat(repairs).isEmpty();
    }

    @Test
    void whatHasNoUtf8OrIsNoLineIsRefusedAndNothingIsKept() throws IOException {
        try (Journal journal = open(false)) {
            assertThatThrownBy(() -> journal.append(List.of("<line 1>", "<line \ud83d>")))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> journal.append(List.of("<line 1>\n<line 2>")))
                    .isInstanceOf(IllegalArgumentException.class);
            journal.append(List.of("<line 2>"));
        }
        reopened(false, "<line 2>");
    }

    @Test
    void aTornLastLineIsCutOffAndReportedWhereverItWasTorn() throws IOException {
        byte[] whole = "<line 1>\n<line 2>\n".getBytes(StandardCharsets.UTF_8);
        for (int length = 9 + 1; length < whole.length - 1; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (Journal journal = open(false)) {
                assertThat(lines).containsExactly("<line 1>");
                assertThat(repairs).hasSize(1);
                assertThat(repairs.get(0)).contains("line 2", length - 9 + " bytes", "cut off");
                journal.append(List.of("<line 2>"));
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
        assertThat(directory.toFile().list()).containsExactly("log");
    }

    @Test
    void aWholeLastLineIsKeptWithoutItsLineEnd() throws IOException {
        Files.writeString(file, "<line 1>\n<line 2>");
        try (Journal journal = open(false)) {
            assertThat(lines).containsExactly("<line 1>", "<line 2>");
            assertThat(repairs).hasSize(1);
            journal.append(List.of("<line 3>"));
        }
        reopened(false, "<line 1>", "<line 2>", "<line 3>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \n\n", "<", "<lin", "<line 1", "\0\0\0\0", "<line\0\0\0"})
    void aJournalThatWasTornInItsFirstLineStartsEmpty(String text) throws IOException {
        Files.writeString(file, text);
        try (Journal journal = open(false)) {
            journal.append(List.of("<line 1>"));
        }
        reopened(false, "<line 1>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user,item\n", "{", "a\nb\nc", "<linear>", "<html>\n<body>\n"})
    void aFileOfSomethingElseIsLeftAlone(String text) throws IOException {
        Files.writeString(file, text);
        for (boolean repair : new boolean[] {false, true}) {
            assertThatThrownBy(() -> open(repair))
                    .isInstanceOf(Journal.DamagedException.class)
                    .hasMessageContaining("line 1")
                    .extracting(e -> ((Journal.DamagedException) e).repairable())
                    .isEqualTo(false);
        }
        assertThat(file).hasContent(text);
        assertThat(directory.toFile().list()).containsExactly("log");
    }

    @Test
    void aDamagedLastLineWithALineEndIsMovedAway() throws IOException {
        Files.writeString(file, "<line 1>\n<li\0\0 2>\n");
        reopened(false, "<line 1>");
        assertThat(repairs.get(0)).contains("1 damaged line (line 2)", "log.damaged");
        assertThat(file).hasContent("<line 1>\n");
        assertThat(directory.resolve("log.damaged")).hasContent("<li\0\0 2>\n");
    }

    @Test
    void damageInTheMiddleIsRefusedOrMovedAwayByARepair() throws IOException {
        byte[] broken =
                "<line 1>\r\nx\n\n<line 2>\n<line \u00fc>\n<line 3>\n<torn".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, broken);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> open(false))
                .isInstanceOf(Journal.DamagedException.class)
                .hasMessageContaining("log, line 2: no line of ours; 3 lines are damaged");
        assertThat(Files.readAllBytes(file)).isEqualTo(broken);
        try (Journal journal = open(true)) {
            assertThat(lines).containsExactly("<line 1>\r", "<line 2>", "<line 3>");
            assertThat(repairs.get(0)).contains("3 damaged lines (2, 5, 7)");
            journal.append(List.of("<line 4>"));
            assertThat(FileLock.tryLock(file)).as("the repaired file is locked").isNull();
        }
        reopened(false, "<line 1>\r", "<line 2>", "<line 3>", "<line 4>");
        assertThat(Files.readAllBytes(directory.resolve("log.damaged")))
                .isEqualTo("x\n<line \u00fc>\n<torn\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("log", "log.damaged");
    }

    @Test
    void theRepairOfALinkedJournalLeavesTheLink() throws IOException {
        Path target = directory.resolve("elsewhere");
        Files.writeString(target, "x\n<line 1>\n");
        Files.createSymbolicLink(file, target);
        reopened(true, "<line 1>");
        assertThat(file).isSymbolicLink();
        assertThat(target).hasContent("<line 1>\n");
    }
}
