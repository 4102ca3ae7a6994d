package org.mineral.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.distribution.Unpacked.Result;

/**
 * The pages of {@code docs/tutorial}, followed in their order in one directory with the launcher of the archive on the PATH: each command ends with 0
 * and prints the lines that the page shows, and each program is compiled and run.
 *
 * <p>In a block {@code console} a line that begins with {@code $} is a command, and what follows is what it prints. A line {@code ...} stands for any
 * number of lines, and dots at the end of a line for the rest of it. A block {@code java NAME} is written into the file NAME. Figures are compared to
 * three decimals, because a processor with narrower vectors may end with other last digits, and times are not.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "commands of a shell")
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TutorialTest {

    private static final String CUT = "...";
    private static final Path PAGES = Path.of("..", "docs", "tutorial");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)(?: (\\S+))?\n(.*?)^```$");

    @TempDir
    static Path work;

    private static Unpacked archive;
    private static int port;
    private static Process server;

    @BeforeAll
    static void prepare() throws IOException {
        archive = Unpacked.of("bin");
        Files.copy(PAGES.resolve("Loans.java"), work.resolve("Loans.java"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.destroy();
            assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @Order(1)
    void firstModel() throws IOException {
        assertThat(follow("first-model.md")).isGreaterThan(5);
    }

    @Test
    @Order(2)
    void compare() throws IOException {
        assertThat(follow("compare.md")).isPositive();
        assertThat(work.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    @Order(3)
    void sequences() throws IOException {
        assertThat(follow("sequences.md")).isGreaterThan(2);
    }

    @Test
    @Order(4)
    void fromJava() throws IOException {
        assertThat(follow("from-java.md")).isPositive();
    }

    @Test
    @Order(5)
    void serve() throws IOException {
        assumeTrue(Unpacked.run(work, Map.of(), "sh", "-c", "command -v curl").code() == 0, "no curl");
        assertThat(follow("serve.md")).isGreaterThan(4);
    }

    @Test
    void servicesAreTheOnesThatTheBuildRuns() throws IOException {
        String source = Files.readString(Path.of(
                "..",
                "hosts",
                "src",
                "spring",
                "java",
                "org",
                "mineral",
                "hosts",
                "spring",
                "RecommendApplication.java"));
        String shown = blocks("from-java.md").stream()
                .filter(block -> "RecommendApplication.java".equals(block.name()))
                .findFirst()
                .orElseThrow()
                .text();
        assertThat(shown).startsWith("package shop;");
        assertThat(shown.substring(shown.indexOf("import ")).strip())
                .isEqualTo(source.substring(source.indexOf("import ")).strip());
    }

    @Test
    void coordinatesAreThoseOfTheBuild() throws IOException {
        List<Block> poms = blocks("from-java.md").stream()
                .filter(block -> block.language().equals("xml"))
                .toList();
        assertThat(poms)
                .isNotEmpty()
                .allSatisfy(block -> assertThat(block.text())
                        .contains("<groupId>org.mineral</groupId>")
                        .contains("<version>" + Unpacked.VERSION + "</version>"));
    }

    /** @param name of a file, or null */
    private record Block(String language, String name, String text) {}

    private static List<Block> blocks(String page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(Files.readString(PAGES.resolve(page)));
        while (found.find()) {
            blocks.add(new Block(found.group(1), found.group(2), found.group(3)));
        }
        return blocks;
    }

    /** @return how many commands a page has */
    private static int follow(String page) throws IOException {
        int commands = 0;
        for (Block block : blocks(page)) {
            if (block.name() != null && !block.name().equals("RecommendApplication.java")) {
                Files.writeString(work.resolve(block.name()), block.text());
            } else if (block.language().equals("console")) {
                for (String turn : block.text().split("(?m)^\\$ ")) {
                    if (!turn.isBlank()) {
                        commands++;
                        take(turn);
                    }
                }
            } else {
                assertThat(block.language())
                        .as(page + " has a block that no test runs")
                        .isIn("xml", "java");
            }
        }
        return commands;
    }

    /** A command, which a backslash at a line's end continues, and below it what it prints. */
    private static void take(String turn) throws IOException {
        List<String> lines = new ArrayList<>(Arrays.asList(
                turn.replace("\\\n", " ").replace(":7070", ":" + port).split("\n")));
        String command = lines.remove(0).replace("--port 7070", "--port " + port);
        Result printed = command.contains("mineral serve") ? new Result(0, serve(command), "") : run(command);
        shown(plain(String.join("\n", lines)), printed, command);
    }

    /**
     * Each line of the page is one of standard output or of standard error, and each stream's are in its order. A line of three dots stands for
     * any number of lines.
     */
    private static void shown(List<String> lines, Result printed, String command) {
        List<String> out = plain(printed.out());
        List<String> err = plain(printed.err());
        int nextOut = 0;
        int nextErr = 0;
        for (String line : lines) {
            if (line.equals(CUT)) {
                continue;
            }
            int inOut = find(line, out, nextOut);
            int inErr = inOut < 0 ? find(line, err, nextErr) : -1;
            assertThat(Math.max(inOut, inErr))
                    .as(command + " does not print, in its place: " + line + "\n" + printed.text())
                    .isNotNegative();
            nextOut = inOut < 0 ? nextOut : inOut + 1;
            nextErr = inErr < 0 ? nextErr : inErr + 1;
        }
    }

    private static int find(String line, List<String> printed, int from) {
        for (int k = from; k < printed.size(); k++) {
            if (shows(line, printed.get(k))) {
                return k;
            }
        }
        return -1;
    }

    /** Three dots at the end of a line stand for the rest of it. */
    private static boolean shows(String line, String actual) {
        return line.endsWith(CUT)
                ? actual.startsWith(line.substring(0, line.length() - CUT.length()))
                : actual.equals(line);
    }

    private static Result run(String command) {
        Result result = Unpacked.run(work, environment(), "sh", "-c", command);
        assertThat(result.code()).as(command + "\n" + result.text()).isZero();
        return result;
    }

    private static String serve(String command) throws IOException {
        server = Unpacked.start(work, environment(), "sh", "-c", "exec env " + command);
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder printed = new StringBuilder();
        String line;
        do {
            line = out.readLine();
            assertThat(line).as("serve ended: " + printed).isNotNull();
            printed.append(line).append('\n');
        } while (!line.startsWith("http://"));
        return printed.toString();
    }

    private static Map<String, String> environment() {
        String java = System.getProperty("java.home");
        return Map.of(
                "PATH",
                archive.home.resolve("bin") + ":" + java + "/bin:" + System.getenv("PATH"),
                "MINERAL_JAVA_HOME",
                java,
                "MINERAL",
                archive.home.toString());
    }

    private static List<String> plain(String printed) {
        return printed.lines()
                .map(line -> line.replaceAll("\\d+(\\.\\d+)? (s|min)\\b", "TIME")
                        .replaceAll("(\\d\\.\\d{3})\\d+", "$1")
                        .replaceAll("\\s+", " ")
                        .strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
