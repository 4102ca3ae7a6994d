package org.mineral.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.Main;
import org.mineral.app.serve.feedback.Event;
import org.mineral.app.serve.feedback.FeedbackLog;

/** A server in a process of its own, and what may happen to one. */
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
    private void start(Path feedback, String blocks) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                home.resolve("model").toString(),
                "--feedback",
                feedback.toString(),
                "--warm-up",
                "0",
                "--port",
                "0"));
        if (blocks != null) {
            command.addAll(0, List.of("bash", "-c", "ulimit -S -f " + blocks + "; exec \"$@\"", "bash"));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("MINERAL_API_KEY", ServeFixture.KEY);
        process = builder.start();
        BufferedReader out = process.inputReader();
        url = out.readLine();
        assertThat(url).startsWith("http://127.0.0.1:");
    }

    private int post(String event) throws IOException, InterruptedException {
        String body = "{\"events\":[{\"event\":\"" + event + "\",\"user\":\"user-1\",\"item\":\"item-1\"}]}";
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
        FeedbackLog.open(log, 1_000_000, event -> events.add(event.id())).close();
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
