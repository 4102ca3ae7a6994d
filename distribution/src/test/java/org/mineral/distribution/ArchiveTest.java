package org.mineral.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.distribution.Unpacked.Result;

/** The archives: what is in them, and that they work in an empty directory. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell's script")
@Tag("slow")
class ArchiveTest {

    /** What {@code bin/mineral} calls, besides Java. */
    private static final List<String> TOOLS =
            List.of("sh", "cat", "cksum", "grep", "mkfifo", "mktemp", "mv", "readlink", "rm");

    private static final String SMALL = "builtin:tastes:users=600,items=300";

    @TempDir
    private Path empty;

    @Test
    void firstRecommendationTakesLessThanAMinuteWithoutMaven() throws IOException {
        Path path = Files.createDirectory(empty.resolve("path"));
        for (String tool : TOOLS) {
            Path call = Files.writeString(path.resolve(tool), "#!/bin/sh\nexec " + which(tool) + " \"$@\"\n");
            assertThat(call.toFile().setExecutable(true)).isTrue();
        }
        long start = System.nanoTime();
        Unpacked archive = Unpacked.unpack("bin");
        Map<String, String> variables =
                Map.of("PATH", path.toString(), "MINERAL_JAVA_HOME", System.getProperty("java.home"));
        Path work = Files.createDirectory(empty.resolve("work"));
        String mineral = archive.home.resolve("bin/mineral").toString();
        assertThat(Unpacked.run(work, variables, "/bin/sh", "-c", "command -v mvn")
                        .code())
                .isNotZero();
        Result train = Unpacked.run(work, variables, mineral, "train", SMALL, "-o", "model", "--effort", "quick");
        assertThat(train.code()).as(train.text()).isZero();
        Result list = Unpacked.run(work, variables, mineral, "recommend", "model", "--user", "user-1", "-n", "3");
        assertThat(list.text().lines()).as(list.text()).hasSize(3).allMatch(line -> line.startsWith("user-1\titem-"));
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                        < 2 * Runtime.getRuntime().availableProcessors(),
                "other programs have the processors");
        assertThat(taken).isLessThan(Duration.ofMinutes(1));
    }

    private static Path which(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + tool));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin", "lean"})
    void whatItPromisesIsInIt(String kind) throws IOException {
        Unpacked archive = Unpacked.of(kind);
        assertThat(List.of(
                        "bin/mineral.bat",
                        "lib/launcher/run.sh",
                        "LICENSE",
                        "README.md",
                        "CHANGELOG.md",
                        "docs/README.md",
                        "licenses/THIRD-PARTY.txt"))
                .allSatisfy(name -> assertThat(archive.home.resolve(name)).isRegularFile());
        assertThat(archive.home.resolve("bin/mineral")).isExecutable();
        assertThat(archive.jars())
                .contains("mineral-core-" + Unpacked.VERSION + ".jar", "mineral-app-" + Unpacked.VERSION + ".jar")
                .noneMatch(jar -> jar.contains("junit") || jar.contains("assertj"));
        assertThat(archive.jars().stream().anyMatch(jar -> jar.startsWith("duckdb")))
                .isEqualTo(kind.equals("bin"));
        assertThat(archive.mineral(empty, "--version").text()).isEqualTo("mineral " + Unpacked.VERSION + "\n");
    }

    /** THIRD-PARTY.txt has lines such as {@code (MIT) DuckDB JDBC (org.duckdb:duckdb_jdbc:2.0.0.1 - https://...)}. */
    @Test
    void licenceOfEachJarIsNamed() throws IOException {
        Unpacked archive = Unpacked.of("bin");
        List<String> lines = Files.readAllLines(archive.home.resolve("licenses/THIRD-PARTY.txt"));
        assertThat(archive.jars())
                .filteredOn(jar -> !jar.startsWith("mineral-"))
                .hasSizeGreaterThan(40)
                .allSatisfy(jar -> assertThat(lines)
                        .anySatisfy(line -> assertThat(jar)
                                .isEqualTo(line.replaceFirst(
                                                "^\\s*\\(.+?\\) .*\\([\\w.-]+:([\\w.-]+):([\\w.-]+) - .*\\)$", "$1-$2")
                                        + ".jar")));
    }

    @Test
    void leanArchiveSaysWhatToAddForParquetAndReadsItThen() throws IOException {
        Unpacked lean = Unpacked.unpack("lean");
        Result trained = lean.mineral(empty, "train", SMALL, "-o", "model", "--effort", "quick");
        assertThat(trained.code()).as(trained.text()).isZero();
        String[] export = {"recommend", "model", "--all", "-n", "5", "-o", "lists.parquet"};
        Result refused = lean.mineral(empty, export);
        assertThat(refused.code()).as(refused.text()).isEqualTo(2);
        Path lib = lean.home.resolve("lib");
        assertThat(refused.text())
                .contains("DuckDB", "org.duckdb:duckdb_jdbc:", lib.toRealPath().toString());
        Unpacked full = Unpacked.of("bin");
        String jar = full.jars().stream()
                .filter(name -> name.startsWith("duckdb"))
                .findFirst()
                .orElseThrow();
        Files.createSymbolicLink(lib.resolve(jar), full.home.resolve("lib").resolve(jar));
        Result written = lean.mineral(empty, export);
        assertThat(written.code()).as(written.text()).isZero();
        assertThat(empty.resolve("lists.parquet")).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "zsh"})
    void launcherRunsInEveryShell(String shell) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, shell.split(" ")[0]))),
                "no " + shell);
        Unpacked archive = Unpacked.of("bin");
        String command = shell + " '" + archive.home.resolve("bin/mineral") + "' ";
        Map<String, String> java = Map.of("MINERAL_JAVA_HOME", System.getProperty("java.home"));
        Result version = Unpacked.run(empty, java, "sh", "-c", command + "--version <&- 2>&1");
        assertThat(version.text()).isEqualTo("mineral " + Unpacked.VERSION + "\n");
        Result wrong = Unpacked.run(empty, java, "sh", "-c", command + "recommend 'no model' --user a");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.text()).contains("no model").doesNotContain("incubator");
    }

    /** A link to the launcher, as package managers make them, and a directory with spaces in its name. */
    @Test
    void launcherIsFoundThroughLinks() throws IOException {
        Unpacked archive = Unpacked.of("bin");
        Path directory = Files.createDirectory(empty.resolve("my programs"));
        Path link = Files.createSymbolicLink(directory.resolve("mineral"), archive.home.resolve("bin/mineral"));
        Result version = Unpacked.run(
                empty, Map.of("MINERAL_JAVA_HOME", System.getProperty("java.home")), link.toString(), "--version");
        assertThat(version.text()).isEqualTo("mineral " + Unpacked.VERSION + "\n");
    }
}
