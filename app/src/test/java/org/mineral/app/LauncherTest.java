package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code ./mineral} without sources beside it, so that it has nothing to build. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell's script")
@Tag("slow")
class LauncherTest {

    private static final String SHORT = "-XX:TieredStopAtLevel=1";

    /** Prints what it is called with; makes the archive of classes if the file beside it says so. */
    private static final String JAVA = """
            #!/bin/sh
            for word; do
              case $word in -XX:ArchiveClassesAtExit=*)
                [ -e "${0%/bin/java}/archives" ] || exit 1
                echo classes >"${word#*=}"
                exit 0 ;;
              esac
            done
            printf '%s\\n' "$@"
            """;

    @TempDir
    private Path root;

    private Path java;
    private Path launch;

    @BeforeEach
    void copyTheScript() throws IOException {
        Path sources = Path.of("").toAbsolutePath().getParent();
        Path parts = Path.of("app", "src", "launcher");
        launch = Files.createDirectories(root.resolve("app/target/launch"));
        Files.createDirectories(root.resolve(parts));
        Files.copy(sources.resolve("mineral"), root.resolve("mineral"));
        for (String part : List.of("find-java.sh", "run.sh")) {
            Files.copy(sources.resolve(parts).resolve(part), root.resolve(parts).resolve(part));
        }
        java = root.resolve("java");
        program(java.resolve("bin/java"), JAVA);
        release("25.0.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "--help",
                "similar model --item 1",
                "recommend model --user a",
                "recommend m --user=a"
            })
    void oneShortAnswerDoesWithoutTheOptimisingCompiler(String command) throws Exception {
        assertThat(call(java, command.split(" "))).contains(SHORT).containsOnlyOnce("org.mineral.app.Main");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train data -o --user",
                "recommend model --all",
                "recommend model --users file",
                "evaluate model data",
                "serve model --version"
            })
    void everythingElseKeepsIt(String command) throws Exception {
        assertThat(call(java, command.split(" "))).doesNotContain(SHORT).contains("org.mineral.app.Main");
    }

    /** Java takes the last of options that contradict each other. */
    @Test
    void optionsOfTheUserStandBehindTheLaunchersOwn() throws Exception {
        List<String> words = call(java, Map.of("MINERAL_JAVA_OPTS", "-Xmx16g -XX:+UseSerialGC"), "doctor");
        assertThat(words).containsSequence("-Xmx16g", "-XX:+UseSerialGC");
        assertThat(words.indexOf("-Xmx16g")).isGreaterThan(words.indexOf("-XX:MaxRAMPercentage=75"));
    }

    @Test
    void archiveIsMadeOnceForAJavaAndAgainWhenThatWasUpdated() throws Exception {
        assertThat(archive(call(java, "doctor"))).isEmpty();
        Files.createFile(java.resolve("archives"));
        List<String> first = archive(call(java, "doctor"));
        assertThat(first).hasSize(1).isEqualTo(archive(call(java, "doctor")));
        release("25.0.4");
        assertThat(archive(call(java, "doctor"))).hasSize(1).isNotEqualTo(first);
        try (Stream<Path> files = Files.list(launch)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void damagedArchiveIsOnlySlower() throws Exception {
        Path real = Path.of(System.getProperty("java.home"));
        Path classes = Files.createDirectories(root.resolve("classes"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(launch.resolve("mineral.jar")))) {
            for (String name : List.of("Main", "StartupClasses")) {
                Path source = Files.writeString(
                        classes.resolve(name + ".java"),
                        "package org.mineral.app; class " + name
                                + " { public static void main(String[] words) { System.out.println(String.join(\" \", words)); } }");
                assertThat(ToolProvider.getSystemJavaCompiler()
                                .run(null, null, null, "-d", classes.toString(), source.toString()))
                        .isZero();
                jar.putNextEntry(new JarEntry("org/mineral/app/" + name + ".class"));
                Files.copy(classes.resolve("org/mineral/app/" + name + ".class"), jar);
                jar.closeEntry();
            }
        }
        assertThat(call(real, "--version")).containsExactly("--version");
        assertThat(archives()).hasSize(1);
        Files.writeString(archives().get(0), "no classes");
        assertThat(call(real, "--version")).containsExactly("--version");
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(launch)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private static List<String> archive(List<String> words) {
        return words.stream()
                .filter(word -> word.startsWith("-XX:SharedArchiveFile="))
                .toList();
    }

    private void release(String version) throws IOException {
        Files.writeString(
                java.resolve("release"),
                "JAVA_VERSION=\"" + version + "\"\nMODULES=\"java.base jdk.incubator.vector\"\n");
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> call(Path home, String... words) throws Exception {
        return call(home, Map.of(), words);
    }

    private List<String> call(Path home, Map<String, String> variables, String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", root.resolve("mineral").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MINERAL_JAVA_HOME", home.toString());
        builder.environment().remove("MINERAL_JAVA_OPTS");
        builder.environment().putAll(variables);
        Process process = builder.start();
        try (OutputStream none = process.getOutputStream()) {
            none.flush();
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        return out.lines().toList();
    }
}
