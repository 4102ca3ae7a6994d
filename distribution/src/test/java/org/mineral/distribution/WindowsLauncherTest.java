package org.mineral.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code bin/mineral.bat} starts Java as {@code bin/mineral} does. The test reads the batch file as far as it goes: {@code set}, {@code if} before it,
 * and the call of Java.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell's script beside it")
class WindowsLauncherTest {

    private static final Path SOURCES = Path.of("src", "bin");
    private static final Pattern SET = Pattern.compile("(?:if (.+?) )?set \"(\\w+)=(.*)\"");

    /** What only the other launcher does: it knows the file of laid out classes, huge pages, a terminal, and what is answered soon. */
    private static final Pattern UNIX_ONLY = Pattern.compile("-XX:SharedArchiveFile=.*|-XX:\\+UseTransparentHugePages"
            + "|-XX:TieredStopAtLevel=1|-Dmineral\\.(terminal|swapped)=true");

    @TempDir
    private Path root;

    @BeforeEach
    void unpackAnArchiveOfTwoJars() throws IOException {
        Files.createDirectories(root.resolve("bin"));
        Path lib = Files.createDirectories(root.resolve("lib/launcher"));
        Files.copy(SOURCES.resolve("mineral"), root.resolve("bin/mineral"));
        assertThat(root.resolve("bin/mineral").toFile().setExecutable(true)).isTrue();
        for (String part : List.of("find-java.sh", "run.sh")) {
            Files.copy(Path.of("..", "app", "src", "launcher", part), lib.resolve(part));
        }
        Files.createFile(root.resolve("lib/a.jar"));
        Files.createFile(root.resolve("lib/b.jar"));
        Path java = Files.createDirectories(root.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                root.resolve("java/release"), "JAVA_VERSION=\"17\"\nMODULES=\"java.base jdk.incubator.vector\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "train data.csv -o model", "serve model --port 0", "recommend model --user a"})
    void itGivesJavaTheSameWords(String command) {
        String[] words = command.split(" ");
        String home = root.resolve("java").toString();
        Map<String, String> variables = Map.of("MINERAL_JAVA_HOME", home, "MINERAL_JAVA_OPTS", "-Xmx2g -Xss1m");
        List<String> unix = unix(variables, words).stream()
                .filter(word -> !UNIX_ONLY.matcher(word).matches())
                .toList();
        List<String> windows = new ArrayList<>(windows(variables, name -> false, words));
        assertThat(windows.remove(0)).isEqualTo(home + "\\bin\\java");
        int classPath = windows.indexOf("-cp") + 1;
        assertThat(windows.set(classPath, root + "/lib/a.jar:" + root + "/lib/b.jar"))
                .isEqualTo("BIN\\..\\lib\\*");
        assertThat(windows).isEqualTo(unix);
    }

    /** As in {@code run.sh}, but that an unusable Java is not passed over. */
    @Test
    void itChoosesAJavaInTheSameOrder() {
        String[] words = {"--version"};
        Map<String, String> java = Map.of("JAVA_HOME", "C:\\java");
        Predicate<String> own = "BIN\\..\\runtime\\bin\\java.exe"::equals;
        assertThat(windows(Map.of(), name -> false, words).get(0)).isEqualTo("java");
        assertThat(windows(java, name -> false, words).get(0)).isEqualTo("C:\\java\\bin\\java");
        assertThat(windows(java, own, words).get(0)).isEqualTo("BIN\\..\\runtime\\bin\\java");
        assertThat(windows(Map.of("JAVA_HOME", "C:\\java", "MINERAL_JAVA_HOME", "D:\\java"), own, words)
                        .get(0))
                .isEqualTo("D:\\java\\bin\\java");
    }

    private List<String> unix(Map<String, String> variables, String... words) {
        String[] command = Stream.concat(Stream.of(root.resolve("bin/mineral").toString()), Stream.of(words))
                .toArray(String[]::new);
        return Unpacked.run(root, variables, command).out().lines().toList();
    }

    /** The words of the batch file's call of Java, the program first; the directory of the file is {@code BIN\}. */
    private static List<String> windows(Map<String, String> environment, Predicate<String> exists, String... words) {
        Map<String, String> variables = new TreeMap<>(environment);
        for (String line : lines()) {
            Matcher set = SET.matcher(line);
            if (set.matches() && (set.group(1) == null || holds(set.group(1), variables, exists, words))) {
                variables.put(set.group(2), replaced(set.group(3), variables, words));
            } else if (line.startsWith("\"%JAVA%\"")) {
                return Pattern.compile("\"[^\"]*\"|\\S+")
                        .matcher(replaced(line, variables, words))
                        .results()
                        .map(word -> word.group().replace("\"", ""))
                        .toList();
            }
        }
        throw new AssertionError("no call of Java");
    }

    private static List<String> lines() {
        try {
            return Files.readString(SOURCES.resolve("mineral.bat"))
                    .replace("^\n", "")
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean holds(
            String condition, Map<String, String> variables, Predicate<String> exists, String... words) {
        if (condition.startsWith("not ")) {
            return !holds(condition.substring("not ".length()), variables, exists, words);
        }
        if (condition.startsWith("defined ")) {
            return variables.containsKey(condition.substring("defined ".length()));
        }
        String text = replaced(condition, variables, words).replace("\"", "");
        return text.startsWith("exist ")
                ? exists.test(text.substring("exist ".length()))
                : text.split("==")[0].equals(text.split("==")[1]);
    }

    private static String replaced(String text, Map<String, String> variables, String... words) {
        String replaced =
                text.replace("%~dp0", "BIN\\").replace("%~1", words[0]).replace("%*", String.join(" ", words));
        return Pattern.compile("%(\\w+)%")
                .matcher(replaced)
                .replaceAll(name -> Matcher.quoteReplacement(variables.getOrDefault(name.group(1), "")));
    }
}
