package org.mineral.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mineral.app.json.JsonText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium that a test drives by the DevTools protocol; a test without one installed is skipped. */
public final class Browser implements AutoCloseable {

    private static final int SECONDS = 60;

    private static final String AXE_PROPERTIES = "/META-INF/maven/org.webjars.npm/axe-core/pom.properties";

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());

    private Browser(Process process, URI page) throws Exception {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Listener())
                .get(SECONDS, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log")) {
            call(domain + ".enable");
        }
    }

    /** @param profile a directory for what it stores */
    public static Browser start(Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        command(profile, "--remote-debugging-port=0", "--remote-allow-origins=*", "about:blank"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
        Pattern address = Pattern.compile("DevTools listening on ws://([^/]+)/.*");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher found = address.matcher(line);
            if (found.matches()) {
                Thread rest = new Thread(() -> lines.lines().forEach(more -> {}), "browser-errors");
                rest.setDaemon(true);
                rest.start();
                return new Browser(process, page(found.group(1)));
            }
        }
        throw new IOException("Chromium does not say where its DevTools listen");
    }

    /** The words that start it without a window; a test without one installed is skipped. */
    public static List<String> command(Path profile, String... more) {
        List<String> words = new ArrayList<>(List.of(
                installed(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                // What it would fetch for itself, it waits for where there is no network.
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile));
        words.addAll(List.of(more));
        return words;
    }

    private static String installed() {
        String found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        assumeTrue(!found.isEmpty(), "no Chromium");
        return found;
    }

    private static URI page(String host) throws Exception {
        HttpResponse<String> made = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + host + "/json/new?about:blank"))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return URI.create(JsonMapper.shared()
                .readTree(made.body())
                .get("webSocketDebuggerUrl")
                .asString());
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode message = JsonMapper.shared().readTree(text.toString());
                text.setLength(0);
                if (message.has("id")) {
                    waiting.remove(message.get("id").asInt()).complete(message);
                } else if (message.path("method").asString("").equals("Runtime.exceptionThrown")
                        || message.at("/params/entry/level").asString("").equals("error")) {
                    errors.add(message.get("params").toString());
                }
            }
            from.request(1);
            return null;
        }
    }

    private JsonNode call(String method, Object... namesAndValues) throws Exception {
        int id = next.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(
                        JsonText.compact(
                                JsonText.object("id", id, "method", method, "params", JsonText.object(namesAndValues))),
                        true)
                .get(SECONDS, TimeUnit.SECONDS);
        JsonNode message = answer.get(SECONDS, TimeUnit.SECONDS);
        if (message.has("error")) {
            throw new IOException(method + ": " + message.get("error"));
        }
        return message.get("result");
    }

    /** The size of the window in CSS pixels, and whether the page is to be dark. */
    public void look(int width, int height, boolean dark) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                "width",
                width,
                "height",
                height,
                "deviceScaleFactor",
                1,
                "mobile",
                width < 600);
        call(
                "Emulation.setEmulatedMedia",
                "features",
                List.of(JsonText.object("name", "prefers-color-scheme", "value", dark ? "dark" : "light")));
    }

    /** Opens an address anew and waits until a condition in JavaScript holds. */
    public void open(String address, String condition) throws Exception {
        call("Page.navigate", "url", "about:blank");
        call("Page.navigate", "url", address);
        until("document.readyState === 'complete' && location.href !== 'about:blank' && (" + condition + ")");
    }

    /** Waits until a condition holds. */
    public void until(String condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new IOException(condition + " does not hold after " + SECONDS + " s; errors: " + errors);
            }
            Thread.sleep(20);
        }
    }

    private boolean holds(String condition) throws Exception {
        try {
            return evaluate("Boolean(" + condition + ")").asBoolean(false);
        } catch (IOException e) {
            // Between two documents.
            return false;
        }
    }

    /** The value of an expression; what it promises is waited for. */
    public JsonNode evaluate(String expression) throws Exception {
        JsonNode result =
                call("Runtime.evaluate", "expression", expression, "returnByValue", true, "awaitPromise", true);
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.at("/result/value");
    }

    /** Presses and releases a key, such as {@code Tab} or {@code Enter}. */
    public void press(String key) throws Exception {
        Map<String, Integer> codes = Map.of("Tab", 9, "Enter", 13, "Escape", 27);
        List<Object> event = new ArrayList<>(List.of("key", key, "code", key, "windowsVirtualKeyCode", codes.get(key)));
        if (key.equals("Enter")) {
            event.addAll(List.of("text", "\r"));
        }
        for (String type : List.of("keyDown", "keyUp")) {
            List<Object> one = new ArrayList<>(event);
            one.addAll(List.of("type", type));
            call("Input.dispatchKeyEvent", one.toArray());
        }
    }

    /** Types into what has the focus. */
    public void type(String text) throws Exception {
        call("Input.insertText", "text", text);
    }

    /** The rules of axe-core that the page breaks, of WCAG 2.2 A and AA and good practice: rule, and the elements that break it. */
    public List<String> violations() throws Exception {
        Properties properties = new Properties();
        try (InputStream in = Browser.class.getResourceAsStream(AXE_PROPERTIES)) {
            properties.load(in);
        }
        String script = "/META-INF/resources/webjars/axe-core/" + properties.getProperty("version") + "/axe.min.js";
        try (InputStream in = Browser.class.getResourceAsStream(script)) {
            call("Runtime.evaluate", "expression", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        List<String> violations = new ArrayList<>();
        for (JsonNode rule : evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
                + "v => ({id: v.id, nodes: v.nodes.map(n => n.html.slice(0, 160) + ' -- ' + n.failureSummary)})))")) {
            for (JsonNode node : rule.get("nodes")) {
                violations.add(rule.get("id").asString() + ": " + node.asString());
            }
        }
        return violations;
    }

    /** How many rules of axe-core the page was checked by, and passed. */
    public int passes() throws Exception {
        return evaluate("axe.run(document).then(r => r.passes.length)").asInt();
    }

    /** Whether anything can only be seen by scrolling the whole page sideways. */
    public boolean overflows() throws Exception {
        return evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
                .asBoolean();
    }

    /** Errors of scripts, and of the console. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** The whole page as PNG. */
    public void picture(Path file) throws Exception {
        JsonNode made = call("Page.captureScreenshot", "captureBeyondViewport", true);
        Files.write(file, Base64.getDecoder().decode(made.get("data").asString()));
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
