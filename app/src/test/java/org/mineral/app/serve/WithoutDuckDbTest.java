package org.mineral.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.Main;

/** DuckDB, whose jar is larger than all others together, is for Parquet and queries; everything else runs without it. */
@Tag("slow")
class WithoutDuckDbTest {

    private static final Pattern ADDRESS = Pattern.compile("http://[\\w.]+:\\d+");

    @TempDir
    private Path home;

    @Test
    void aModelIsTrainedAndServedWithoutIt() throws Exception {
        String model = home.resolve("model").toString();
        String data = "builtin:tastes:users=60,items=40";
        Process train = start("train", data, "-o", model, "--set", "epochs=1", "--set", "dimension=4");
        assertThat(train.waitFor()).as(said(train)).isZero();
        Process server = start("serve", model, "--port", "0");
        try (BufferedReader out = server.inputReader()) {
            Matcher address = ADDRESS.matcher("");
            String line = out.readLine();
            while (line != null && !address.reset(line).find()) {
                line = out.readLine();
            }
            assertThat(line).isNotNull();
            URI health = URI.create(address.group() + "/health/live");
            assertThat(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    @Test
    void aParquetFileIsRefusedWithWhatIsMissing() throws Exception {
        Path file = Files.writeString(home.resolve("a.parquet"), "PAR1, and so on");
        Process describe = start("data", "describe", file.toString());
        assertThat(describe.waitFor()).isEqualTo(2);
        String said = said(describe);
        assertThat(said).contains("DuckDB, which is not on the class path");
        Matcher jar = Pattern.compile("org\\.duckdb:duckdb_jdbc:([\\d.]+\\d)").matcher(said);
        assertThat(jar.find()).as(said).isTrue();
        assertThat(System.getProperty("java.class.path"))
                .as("the version that the build has")
                .contains("duckdb_jdbc-" + jar.group(1) + ".jar");
    }

    private static String said(Process process) throws Exception {
        return new String(process.getInputStream().readAllBytes());
    }

    private static Process start(String... words) throws Exception {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> !jar.contains("duckdb"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(path).isNotEqualTo(System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                path,
                Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
