package org.mineral.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.Main;
import org.mineral.app.serve.feedback.Event;
import org.mineral.app.serve.feedback.FeedbackLog;

/** A server in a process of its own, and what may happen to one. */
@Tag("slow")
class ServeFaultsTest {

    @TempDir
    static Path home;

    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private String url;

    @BeforeAll
    static void make() throws IOException {
        ServeFixture.make(home);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Under a limit on the size of files, in blocks of 1,024 bytes, if it is not null. */
    private void start(Path feedback, String blocks, String... more) throws IOException {
        process = launch(feedback, blocks, more);
        BufferedReader out = process.inputReader();
        url = out.readLine();
        assertThat(url).startsWith("http://127.0.0.1:");
    }

    private static Process launch(Path feedback, String blocks, String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of("--feedback", feedback.toString()));
        options.addAll(List.of(more));
        List<String> limit =
                blocks == null ? List.of() : List.of("bash", "-c", "ulimit -S -f " + blocks + "; exec \"$@\"", "bash");
        return ServeFixture.launch(limit, home.resolve("model"), options.toArray(String[]::new));
    }

    /** A start that is refused: exit code and standard error. */
    private record Refused(int code, String error) {}

    /** By this process, which is another than that of the server under test. */
    private static Refused refused(Path feedback, String... more) throws IOException {
        Path key = Files.writeString(home.resolve("key"), ServeFixture.KEY);
        List<String> words =
                new ArrayList<>(List.of("serve", home.resolve("model").toString(), "--port", "0"));
        words.addAll(List.of("--feedback", feedback.toString(), "--api-key-file", key.toString()));
        words.addAll(List.of(more));
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        int code = Main.run(
                words.toArray(new String[0]),
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(error, true, StandardCharsets.UTF_8));
        return new Refused(code, error.toString(StandardCharsets.UTF_8));
    }

    private int post(String event) throws IOException, InterruptedException {
        String body = BODY.formatted(event);
        return http.send(
                        HttpRequest.newBuilder(URI.create(url + "/v1/feedback"))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + ServeFixture.KEY)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static Set<String> events(Path log) throws IOException {
        Set<String> events = new HashSet<>();
        FeedbackLog.open(log, 1_000_000, false, event -> events.add(event.id()), note -> {})
                .close();
        return events;
    }

    @Test
    void aKillInTheMiddleLosesNothingThatWasAnswered() throws Exception {
        Path log = home.resolve("killed.jsonl");
        start(log, null);
        Set<String> answered = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            String name = "t" + t + "-";
            Thread thread = new Thread(() -> {
                try {
                    for (int k = 0; ; k++) {
                        if (post(name + k) == 200) {
                            answered.add(name + k);
                        }
                    }
                } catch (IOException | InterruptedException e) {
                    // The server is gone.
                }
            });
            threads.add(thread);
            thread.start();
        }
        while (answered.size() < 300) {
            Thread.sleep(1);
        }
        process.destroyForcibly().waitFor();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(events(log)).containsAll(answered);
    }

    @Test
    void twoProcessesNeverShareALog() throws Exception {
        Path log = home.resolve("shared.jsonl");
        start(log, null);
        assertThat(post("before")).isEqualTo(200);
        process.destroyForcibly().waitFor();
        // With something to replay, and a torn line to repair.
        Files.writeString(log, "{\"event\":\"to", StandardOpenOption.APPEND);
        start(log, null);
        Path link = Files.createSymbolicLink(home.resolve("link.jsonl"), log);
        for (Path name : List.of(log, link)) {
            Refused second = refused(name, "--repair-feedback");
            assertThat(second.code()).as(second.error()).isEqualTo(2);
            assertThat(second.error())
                    .contains("is another server's feedback log")
                    .doesNotContain("\tat ");
            assertThat(post("after " + name.getFileName())).isEqualTo(200);
        }
        process.destroyForcibly().waitFor();
        assertThat(events(log)).containsExactlyInAnyOrder("before", "after shared.jsonl", "after link.jsonl");
    }

    @Test
    void aDamagedLogStartsWithARepairOnlyAndStaysLockedAfterIt() throws Exception {
        Path log = home.resolve("damaged.jsonl");
        start(log, null);
        assertThat(post("one")).isEqualTo(200);
        assertThat(post("two")).isEqualTo(200);
        process.destroyForcibly().waitFor();
        String whole = Files.readString(log);
        Files.writeString(log, whole.replaceFirst("\n", "\nrubbish\n"));
        Refused refused = refused(log);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.error()).contains("line 2: no event", "--repair-feedback");
        start(log, null, "--repair-feedback");
        assertThat(log).hasContent(whole);
        assertThat(home.resolve("damaged.jsonl.damaged")).hasContent("rubbish\n");
        assertThat(refused(log).error()).contains("is another server's feedback log");
        assertThat(post("three")).isEqualTo(200);
        process.destroyForcibly().waitFor();
        assertThat(events(log)).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void aLogThatCannotBeWrittenIsBadInput() throws Exception {
        for (Path log : List.of(home, home.resolve("nowhere/log"), home.resolve("items.csv/log"))) {
            Refused refused = refused(log);
            assertThat(refused.code()).as(refused.error()).isEqualTo(2);
            assertThat(refused.error()).contains("cannot write " + log).doesNotContain("Exception");
        }
    }

    /** A request whose body is not complete yet. */
    private final class InFlight implements AutoCloseable {

        private final Socket socket;

        InFlight() throws IOException {
            socket = new Socket("127.0.0.1", URI.create(url).getPort());
            socket.setSoTimeout(60_000);
            // Space that JSON allows: a body must not come too slowly.
            write("POST /v1/feedback HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                    + ServeFixture.KEY + "\r\nContent-Length: " + (50_000 + BODY.length()) + "\r\n\r\n"
                    + " ".repeat(50_000));
        }

        private void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        String finish(String event) throws IOException {
            write(BODY.formatted(event));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static final String BODY = "{\"events\":[{\"event\":\"%s\",\"user\":\"user-1\",\"item\":\"item-1\"}]}";

    private int status(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("a minute has passed").isLessThan(end);
            Thread.sleep(5);
        }
    }

    /** A shell starts what runs in its background with SIGINT ignored, and children inherit that. */
    private boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .substring("SigIgn:".length())
                .strip();
        return (Long.parseUnsignedLong(ignored, 16) & 2) != 0;
    }

    private boolean connects() {
        try (Socket socket = new Socket("127.0.0.1", URI.create(url).getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void terminationLetsRequestsFinishAndTakesNoNewOnes() throws Exception {
        Path log = home.resolve("drained.jsonl");
        start(log, null, "--grace", "2");
        assertThat(status("/health/ready")).isEqualTo(200);
        try (InFlight early = new InFlight();
                InFlight late = new InFlight()) {
            process.destroy();
            await(() -> status("/health/ready") == 503);
            assertThat(status("/health/live")).isEqualTo(200);
            assertThat(status("/v1/recommend/user-1"))
                    .as("answered within the grace period")
                    .isEqualTo(200);
            assertThat(early.finish("aa")).startsWith("HTTP/1.1 200").contains("Connection: close", "stored");
            await(() -> !connects());
            assertThat(process.isAlive()).isTrue();
            assertThat(late.finish("bb")).startsWith("HTTP/1.1 200").contains("stored");
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(events(log)).containsExactlyInAnyOrder("aa", "bb");
    }

    @Test
    void anInterruptEndsWithoutTheGracePeriodAndStillLetsRequestsFinish() throws Exception {
        Path log = home.resolve("interrupted.jsonl");
        start(log, null, "--grace", "3600");
        assumeTrue(!interruptsAreIgnored(), "started in a shell's background, where SIGINT is ignored");
        try (InFlight late = new InFlight()) {
            assertThat(status("/v1/recommend/user-1")).isEqualTo(200);
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            await(() -> !connects());
            assertThat(late.finish("cc")).startsWith("HTTP/1.1 200");
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(events(log)).containsExactly("cc");
    }

    @Test
    void aFullDiskIsToldAndFollowedByNormalLife() throws Exception {
        try {
            assumeTrue(new ProcessBuilder("prlimit", "--version").start().waitFor() == 0);
        } catch (IOException e) {
            assumeTrue(false, "no prlimit");
        }
        Path log = home.resolve("full.jsonl");
        start(log, "4");
        List<String> stored = new ArrayList<>();
        int status = 200;
        for (int k = 0; status == 200; k++) {
            status = post("e" + k);
            if (status == 200) {
                stored.add("e" + k);
            }
        }
        assertThat(status).isEqualTo(507);
        assertThat(stored.size()).isBetween(20, 100);
        assertThat(http.send(
                                HttpRequest.newBuilder(URI.create(url + "/v1/recommend/user-1"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("again")).isEqualTo(507);
        String pid = Long.toString(process.pid());
        assertThat(new ProcessBuilder("prlimit", "--pid", pid, "--fsize=unlimited")
                        .start()
                        .waitFor())
                .isZero();
        assertThat(post("again")).isEqualTo(200);
        stored.add("again");
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(events(log)).containsExactlyInAnyOrderElementsOf(stored);
        assertThat(Files.readAllLines(log)).hasSize(stored.size());
    }

    @Test
    void anEventThatIsTooLongForTheLogIsAnIdThatIsRefused() throws Exception {
        start(home.resolve("long.jsonl"), null);
        assertThat(post("x".repeat(Event.LONGEST_ID))).isEqualTo(200);
        assertThat(post("x".repeat(Event.LONGEST_ID + 1))).isEqualTo(400);
    }
}
