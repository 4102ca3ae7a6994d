package org.mineral.app.serve.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.serve.feedback.FeedbackLog.Outcome;
import org.mineral.config.InputException;

class FeedbackLogTest {

    @TempDir
    private Path directory;

    private final List<Event> told = Collections.synchronizedList(new ArrayList<>());

    private static Event event(int k) {
        return new Event("e" + k, "u" + k % 3, "item " + k + " \"ü\n", 1 + k);
    }

    private FeedbackLog open() throws IOException {
        told.clear();
        return FeedbackLog.open(directory.resolve("log"), 1000, told::add);
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

    @Test
    void aTornLastLineIsCutOffAndADamagedOneRefused() throws IOException {
        try (FeedbackLog log = open()) {
            log.append(List.of(event(1), event(2)));
        }
        Path file = directory.resolve("log");
        byte[] whole = Files.readAllBytes(file);
        for (int length = whole.length - 1; length > whole.length - 20; length--) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (FeedbackLog log = open()) {
                assertThat(told).containsExactly(event(1));
                assertThat(log.append(List.of(event(2)))).containsExactly(Outcome.STORED);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
        Files.writeString(file, "{\"event\":1}\n" + new String(whole, java.nio.charset.StandardCharsets.UTF_8));
        assertThatThrownBy(this::open)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("'event'");
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
        try (FeedbackLog log = FeedbackLog.open(directory.resolve("log"), 2, told::add)) {
            log.append(List.of(event(1), event(2)));
            assertThatThrownBy(() -> log.append(List.of(event(3)))).isInstanceOf(LogFullException.class);
            assertThat(log.append(List.of(event(2)))).containsExactly(Outcome.KNOWN);
        }
    }

    /** Bytes of a disk with so much room; a write that meets its end leaves what fitted. */
    private static final class SmallDisk implements LogStorage {

        private byte[] bytes = new byte[0];
        private volatile int room;
        private volatile int syncs;
        private volatile CountDownLatch slow = new CountDownLatch(0);

        SmallDisk(int room) {
            this.room = room;
        }

        @Override
        public InputStream read() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void write(long position, ByteBuffer from) throws IOException {
            ByteArrayOutputStream next = new ByteArrayOutputStream();
            next.write(bytes, 0, (int) position);
            while (from.hasRemaining()) {
                if (next.size() == room) {
                    bytes = next.toByteArray();
                    throw new IOException("No space left on device");
                }
                next.write(from.get());
            }
            bytes = next.toByteArray();
        }

        @Override
        public void truncate(long length) {
            bytes = Arrays.copyOf(bytes, (int) length);
        }

        @Override
        public void sync() throws IOException {
            try {
                slow.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            syncs++;
        }

        @Override
        public void close() {}
    }

    @Test
    void aFullDiskKeepsNothingAndTheLogRecovers() throws IOException {
        SmallDisk disk = new SmallDisk(100);
        FeedbackLog log = new FeedbackLog(disk, "log", 1000, told::add);
        log.append(List.of(event(1)));
        int length = disk.bytes.length;
        assertThatThrownBy(() -> log.append(List.of(event(2), event(3))))
                .isInstanceOf(LogFullException.class)
                .hasMessageContaining("No space left");
        assertThat(told).containsExactly(event(1));
        assertThat(disk.bytes).hasSize(length);
        assertThat(log.size()).isEqualTo(1);
        disk.room = 10_000;
        assertThat(log.append(List.of(event(3), event(2)))).containsOnly(Outcome.STORED);
        told.clear();
        new FeedbackLog(disk, "log", 1000, told::add);
        assertThat(told).containsExactly(event(1), event(3), event(2));
    }

    @Test
    void whoeverComesDuringASyncSharesTheNextOne() throws Exception {
        SmallDisk disk = new SmallDisk(100_000);
        FeedbackLog log = new FeedbackLog(disk, "log", 1000, told::add);
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
