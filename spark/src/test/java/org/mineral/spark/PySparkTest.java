package org.mineral.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Python package, from its wheel, on pip's PySpark of the version that the module is built with.
 *
 * <p>PySpark is half a gigabyte; it is installed once, into {@code target} or the directory of the environment variable {@code MINERAL_PYSPARK_VENV}.
 * Without Python, or without a package index to be reached, the tests are skipped.
 */
@Tag("slow")
class PySparkTest {

    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path PACKAGE = MODULE.resolve("target/python");

    @TempDir
    static Path scratch;

    private static Path python;

    /** What a process printed, and how it ended. */
    private record Done(int code, String output) {

        String lastLine() {
            return output.strip().lines().reduce((a, b) -> b).orElse("no output");
        }
    }

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(Files.isDirectory(PACKAGE), "the package is not there; mvn package puts it in " + PACKAGE);
        Path environment = environment();
        python = environment.resolve("bin/python");
        Path wheels = scratch.resolve("wheels");
        must(run(List.of("-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", wheels, PACKAGE)));
        must(run(List.of("-m", "pip", "install", "-q", "--no-deps", "--force-reinstall", wheel(wheels))));
    }

    /** A virtual environment with PySpark, which is made where there is none, and finished only with everything in it. */
    private static Path environment() throws Exception {
        String spark = org.apache.spark.package$.MODULE$.SPARK_VERSION();
        String packages = "pyspark[connect,ml]==" + spark + " pandas<3 setuptools>=77";
        Path place = Optional.ofNullable(System.getenv("MINERAL_PYSPARK_VENV"))
                .map(Path::of)
                .orElse(MODULE.resolve("target/pyspark-" + spark))
                .toAbsolutePath();
        Path mark = place.resolve("packages.txt");
        if (Files.exists(mark) && Files.readString(mark).equals(packages)) {
            return place;
        }
        python = Path.of("python3");
        Done version = run(List.of("-c", "import sys; assert sys.version_info >= (3, 10), sys.version"));
        assumeTrue(version.code == 0, "PySpark wants python3 of version 3.10 or newer: " + version.lastLine());
        Done made = run(List.of("-m", "venv", place));
        assumeTrue(
                made.code == 0, "python3 cannot make a virtual environment (Debian, Ubuntu: apt install python3-venv)");
        python = place.resolve("bin/python");
        List<Object> install = new ArrayList<>(List.of("-m", "pip", "install", "-q", "--no-compile"));
        install.addAll(List.of(packages.split(" ")));
        Done installed = run(install);
        assumeTrue(
                installed.code == 0,
                "PySpark " + spark + " could not be installed; is the package index reachable? "
                        + installed.lastLine());
        Files.writeString(mark, packages);
        return place;
    }

    private static Path wheel(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static void must(Done done) {
        assertThat(done.code).as(done.output).isZero();
    }

    /** Runs Python in an empty directory, with the Java of this test and with the Spark of PySpark. */
    private static Done run(List<Object> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(python.toString()));
        arguments.forEach(argument -> command.add(argument.toString()));
        Path output = Files.createTempFile(scratch, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("SPARK_") || name.startsWith("PYTHON"));
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("SPARK_LOCAL_IP", "127.0.0.1");
        variables.put("PYSPARK_PYTHON", python.toString());
        // Each JVM lives for a minute or less, in which compiling well does not pay.
        variables.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Done(127, e.getMessage());
        }
        if (!process.waitFor(15, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return new Done(124, Files.readString(output, StandardCharsets.UTF_8) + "\nnot done after 15 minutes");
        }
        return new Done(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    @Test
    void inPySpark() throws Exception {
        must(run(List.of(MODULE.resolve("python/tests/test_pyspark.py"), "-v")));
    }

    @Test
    void overSparkConnect() throws Exception {
        must(run(List.of(MODULE.resolve("python/tests/test_connect.py"), "-v")));
    }

    @Test
    void theExampleRuns() throws Exception {
        Done done = run(List.of(MODULE.resolve("examples/recommend_on_spark.py")));
        must(done);
        assertThat(done.output).containsPattern("NDCG@10: 0\\.[3-9]").contains("person-");
    }
}
