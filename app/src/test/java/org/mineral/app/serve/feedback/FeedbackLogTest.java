package org.mineral.app.serve.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.serve.feedback.FeedbackLog.Outcome;
import org.mineral.config.InputException;

class FeedbackLogTest {

    @TempDir
    private Path directory;

    private final List<Event> told = Collections.synchronizedList(new ArrayList<>());

    private final List<String> notes = new ArrayList<>();

    private static Event event(int k) {
        return new Event("e" + k, "u" + k % 3, "item " + k + " \"ü\n", 1 + k);
    }

    private FeedbackLog open() throws IOException {
        told.clear();
        notes.clear();
        return FeedbackLog.open(directory.resolve("log"), 1000, false, told::add, notes::add);
    }

    @Test
    void eventsComeBackInTheirOrder() throws IOException {
        List<Event> events = List.of(event(1), event(2), event(3));
        try (FeedbackLog log = open()) {
            assertThat(log.append(events)).containsOnly(Outcome.STORED);
            assertThat(told).isEqualTo(events);
        }
        try (FeedbackLog log = open()) {
            assertThat(told).isEqualTo(events);
            assertThat(log.size()).isEqualTo(3);
            assertThat(log.append(List.of(event(4), event(2)))).containsExactly(Outcome.STORED, Outcome.KNOWN);
        }
        open().close();
        assertThat(told).containsExactly(event(1), event(2), event(3), event(4));
    }

    @Test
    void anEventCountsOnceAndItsIdIsItsOwn() throws IOException {
        try (FeedbackLog log = open()) {
            log.append(List.of(event(1), event(1)));
            assertThat(log.append(List.of(event(1)))).containsExactly(Outcome.KNOWN);
            assertThat(told).containsExactly(event(1));
            Event other = new Event("e1", "somebody", "else", 1);
            assertThatThrownBy(() -> log.append(List.of(event(2), other))).isInstanceOf(ConflictException.class);
            assertThat(told).containsExactly(event(1));
            assertThat(log.append(List.of(event(2)))).containsExactly(Outcome.STORED);
        }
    }

    /** As of every other file of JSON; nobody knows which of the two users is meant. */
    @Test
    void aLineWithANameTwiceIsDamaged() throws IOException {
        try (FeedbackLog log = open()) {
            log.append(List.of(event(1), event(2)));
        }
        Path file = directory.resolve("log");
        Files.writeString(file, Files.readString(file).replaceFirst("\\}", ",\"user\":\"other\"}"));
        assertThatThrownBy(this::open).isInstanceOf(InputException.class).hasMessageContaining("line 1");
    }

    @Test
    void aTornLastLineIsCutOffAndReported() throws IOException {
        try (FeedbackLog log = open()) {
            log.append(List.of(event(1), event(2)));
        }
        Path file = directory.resolve("log");
        byte[] whole = Files.readAllBytes(file);
        for (int length = whole.length - 2; length > whole.length - 20; length--) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (FeedbackLog log = open()) {
                assertThat(told).containsExactly(event(1));
                assertThat(notes).hasSize(1).first().asString().contains("line 2", "cut off");
                assertThat(log.append(List.of(event(2)))).containsExactly(Outcome.STORED);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void aWholeLastEventIsKeptWithoutItsLineEnd() throws IOException {
        try (FeedbackLog log = open()) {
            log.append(List.of(event(1), event(2)));
        }
        Path file = directory.resolve("log");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        try (FeedbackLog log = open()) {
            assertThat(told).containsExactly(event(1), event(2));
            assertThat(log.append(List.of(event(2)))).containsExactly(Outcome.KNOWN);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":1}",
                "{\"event\":\"a\",\"user\":\"u\",\"item\":\"i\",\"weight\":1}{\"event\":\"b\",\"user\":\"u\",\"item\":\"i\",\"weight\":1}",
                "{\"event\":\"a\",\"user\":\"u\",\"item\":\"i\",\"weight\":1}}",
                "ight\":1}",
                "{\"event\":\"\\ud800\",\"user\":\"u\",\"item\":\"i\",\"weight\":1}",
                "{\"event\":\"a\",\"user\":\"u\",\"item\":\"i\",\"weight\":-1}"
            })
    void aDamagedLineIsRefusedOrMovedAwayByARepair(String damaged) throws IOException {
        try (FeedbackLog log = open()) {
            log.append(List.of(event(1), event(2)));
        }
        Path file = directory.resolve("log");
        String whole = Files.readString(file);
        Files.writeString(file, damaged + "\n" + whole);
        assertThatThrownBy(this::open)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("--repair-feedback");
        assertThat(file).hasContent(damaged + "\n" + whole);
        told.clear();
        try (FeedbackLog log = FeedbackLog.open(file, 1000, true, told::add, notes::add)) {
            assertThat(told).containsExactly(event(1), event(2));
            assertThat(notes).last().asString().contains("1 damaged line (line 1)", "log.damaged");
            assertThat(log.append(List.of(event(3)))).containsExactly(Outcome.STORED);
        }
        assertThat(directory.resolve("log.damaged")).hasContent(damaged + "\n");
        open().close();
        assertThat(told).containsExactly(event(1), event(2), event(3));
    }

    @Test
    void aFileThatIsNotAFeedbackLogIsLeftUnchanged() throws IOException {
        Path file = Files.writeString(directory.resolve("log"), "user,item\nu1,i1\n");
        for (boolean repair : new boolean[] {false, true}) {
            assertThatThrownBy(() -> FeedbackLog.open(file, 1000, repair, told::add, notes::add))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("not a feedback log");
        }
        assertThat(file).hasContent("user,item\nu1,i1\n");
        assertThatThrownBy(() -> FeedbackLog.open(directory.resolve("nowhere/log"), 1000, false, told::add, notes::add))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such directory");
        assertThatThrownBy(() -> FeedbackLog.open(directory, 1000, false, told::add, notes::add))
                .isInstanceOf(InputException.class);
    }

    @Test
    void eventsUnderTheIdOfAnotherAreCountedAndTheFirstHolds() throws IOException {
        Path file = directory.resolve("log");
        Files.writeString(file, EventLine.write(event(1)) + "\n");
        Event other = new Event("e1", "somebody", "else", 1);
        Files.writeString(
                file,
                EventLine.write(event(1)) + "\n" + EventLine.write(other) + "\n" + EventLine.write(event(1)) + "\n");
        try (FeedbackLog log = open()) {
            assertThat(told).containsExactly(event(1));
            assertThat(notes).hasSize(1).first().asString().contains("1 events have the id of an earlier one");
            assertThat(log.append(List.of(event(1)))).containsExactly(Outcome.KNOWN);
            assertThatThrownBy(() -> log.append(List.of(other))).isInstanceOf(ConflictException.class);
        }
    }

    @Test
    void aSecondServerIsRefused() throws IOException {
        try (FeedbackLog log = open()) {
            assertThat(log.size()).isZero();
            assertThatThrownBy(this::open).isInstanceOf(InputException.class).hasMessageContaining("another server's");
        }
    }

    @Test
    void theLimitHolds() throws IOException {
        try (FeedbackLog log = FeedbackLog.open(directory.resolve("log"), 2, false, told::add, notes::add)) {
            log.append(List.of(event(1), event(2)));
            assertThatThrownBy(() -> log.append(List.of(event(3)))).isInstanceOf(LogFullException.class);
            assertThat(log.append(List.of(event(2)))).containsExactly(Outcome.KNOWN);
        }
    }

    /** A disk that may be full, or slow. */
    private static final class Disk implements FeedbackLog.Sink {

        private final List<String> lines = new ArrayList<>();
        private volatile @Nullable Throwable refusal;
        private volatile int syncs;
        private volatile CountDownLatch slow = new CountDownLatch(0);

        @Override
        public void append(List<String> more) throws IOException {
            try {
                slow.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (refusal instanceof IOException failure) {
                throw failure;
            } else if (refusal instanceof Error failure) {
                throw failure;
            }
            lines.addAll(more);
            syncs++;
        }
    }

    @Test
    void aFullDiskKeepsNothingAndTheLogRecovers() {
        Disk disk = new Disk();
        FeedbackLog log = FeedbackLog.to(disk, 1000, told::add);
        log.append(List.of(event(1)));
        for (Throwable refusal : List.of(new IOException("No space left on device"), new OutOfMemoryError("heap"))) {
            disk.refusal = refusal;
            assertThatThrownBy(() -> log.append(List.of(event(2), event(3))))
                    .isInstanceOf(LogFullException.class)
                    .hasMessageContaining(refusal.getMessage());
            assertThat(told).containsExactly(event(1));
            assertThat(log.size()).isEqualTo(1);
        }
        disk.refusal = null;
        assertThat(log.append(List.of(event(3), event(2)))).containsOnly(Outcome.STORED);
        assertThat(told).containsExactly(event(1), event(3), event(2));
        assertThat(disk.lines).hasSize(3);
    }

    @Test
    void eventsThatComeDuringASyncShareTheNextOne() throws Exception {
        Disk disk = new Disk();
        FeedbackLog log = FeedbackLog.to(disk, 1000, told::add);
        disk.slow = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            List<Future<List<Outcome>>> answers = new ArrayList<>();
            for (int k = 0; k < 80; k++) {
                // Every event is sent twice, by two threads.
                Event event = event(k / 2);
                answers.add(threads.submit(() -> log.append(List.of(event))));
            }
            disk.slow.countDown();
            int stored = 0;
            for (Future<List<Outcome>> answer : answers) {
                stored += answer.get().get(0) == Outcome.STORED ? 1 : 0;
            }
            assertThat(stored).isEqualTo(40);
            assertThat(told).hasSize(40).doesNotHaveDuplicates();
            assertThat(disk.lines).hasSize(40).doesNotHaveDuplicates();
            assertThat(disk.syncs).isBetween(1, 40);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void idsAreTextOfABoundedLength() {
        assertThatThrownBy(() -> new Event("e", "u", "x".repeat(513), 1)).hasMessageContaining("513");
        assertThatThrownBy(() -> new Event(" ", "u", "i", 1)).hasMessageContaining("blank");
        assertThatThrownBy(() -> new Event("e", "\ud83d", "i", 1)).hasMessageContaining("surrogate");
        assertThat(new Event("e", "\ud83d\ude00", "i", 1).user()).hasSize(2);
        for (double weight : new double[] {0, -1, 1001, Double.NaN}) {
            assertThatThrownBy(() -> new Event("e", "u", "i", weight)).hasMessageContaining("weight");
        }
    }
}
