package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The examples beside {@code docs/how-to/production.md} fit the program, and those who read them. */
class ProductionExamplesTest {

    private static final Path EXAMPLES = Path.of("../docs/how-to/production");

    @TempDir
    Path home;

    private static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name));
    }

    private static Set<String> variables() {
        Set<String> variables = new TreeSet<>(Set.of(
                "MINERAL_MODEL", "MINERAL_CONFIG", "MINERAL_WRITE_KEY", "MINERAL_READ_KEY", "MINERAL_JAVA_OPTS"));
        variables.addAll(ServeOptionsTest.variables());
        return variables;
    }

    @Test
    void theFileOfOptionsIsRead() throws IOException {
        Path file = Files.writeString(
                home.resolve("serve.yaml"), example("serve.yaml").replace("/var/l", home + "/l"));
        Files.createDirectories(home.resolve("log/mineral"));
        Path key = Files.writeString(home.resolve("key"), "0123456789abcdef");
        String said = ServeOptionsTest.refused(
                Map.of(), List.of("serve", "--config", file.toString(), "--write-key-file", key.toString()));
        assertThat(said).contains("\"level\":\"error\"", "ib/mineral/").doesNotContain("line ", "unknown");
    }

    private Map<String, List<String>> unit() throws IOException {
        return example("mineral.service")
                .lines()
                .filter(line -> line.matches("[A-Za-z]+=.*"))
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, line.indexOf('=')),
                        TreeMap::new,
                        Collectors.mapping(line -> line.substring(line.indexOf('=') + 1), Collectors.toList())));
    }

    @Test
    void theUnitGivesTheServerTimeToStopAndUsesTheFilesOfTheOptions() throws IOException {
        Map<String, List<String>> unit = unit();
        assertThat(unit.get("ExecStart"))
                .containsExactly("/opt/mineral/bin/mineral serve --config /etc/mineral/serve.yaml");
        // Starts go on for as long as a server before may take to stop, and end.
        int starts = Integer.parseInt(unit.get("StartLimitBurst").get(0));
        int pause = Integer.parseInt(unit.get("RestartSec").get(0));
        assertThat(starts * pause)
                .isBetween(
                        36, Integer.parseInt(unit.get("StartLimitIntervalSec").get(0)) - 1);
        // Five seconds of grace and thirty to finish.
        assertThat(Integer.parseInt(unit.get("TimeoutStopSec").get(0))).isGreaterThan(35);
        Matcher paths = Pattern.compile("(?m): (/var/(?:lib|log)/([a-z]+))/").matcher(example("serve.yaml"));
        while (paths.find()) {
            assertThat(unit.get(paths.group(1).contains("/lib/") ? "StateDirectory" : "LogsDirectory"))
                    .containsExactly(paths.group(2));
        }
        String port = Pattern.compile("(?m)^port: (\\d+)$")
                .matcher(example("serve.yaml"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(unit.get("ExecReload").get(0)).endsWith("http://127.0.0.1:" + port + "/v1/model/reload");
        assertThat(example("nginx.conf")).contains("server 127.0.0.1:" + port + ";");
        assertThat(example("logrotate")).contains("/var/log/mineral/access.log", "copytruncate");
    }

    @Test
    void systemdFindsNothingWrongWithTheUnit() throws Exception {
        Path program = Files.writeString(home.resolve("mineral"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path unit = Files.writeString(
                home.resolve("mineral.service"),
                example("mineral.service")
                        .replace("/opt/mineral/bin/mineral", program.toString())
                        .replace("/usr/bin/curl", program.toString()));
        Process process;
        try {
            process = new ProcessBuilder("systemd-analyze", "verify", "--man=no", unit.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "no systemd-analyze");
            return;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.contains("mineral.service")))
                .isEmpty();
    }

    @Test
    void theContainerRunsTheServerAsAUserOfItsOwnAndAsksForReadiness() throws IOException {
        String file = example("Dockerfile").replace("\\\n", " ");
        Map<String, String> environment = new TreeMap<>();
        Matcher variable = Pattern.compile("(MINERAL_[A-Z_]+)=(\\S+)").matcher(file);
        while (variable.find()) {
            environment.put(variable.group(1), variable.group(2));
        }
        assertThat(variables()).containsAll(environment.keySet());
        environment.put("MINERAL_MODEL", home.resolve("model").toString());
        // The entry point and the command, as the container runs them.
        assertThat(file).contains("ENTRYPOINT [\"/opt/mineral/bin/mineral\"]", "CMD [\"serve\"]");
        assertThat(ServeOptionsTest.refused(environment, List.of("serve")))
                .contains("is no directory")
                .doesNotContain("not an option");
        String port = environment.get("MINERAL_PORT");
        assertThat(file)
                .contains(
                        "EXPOSE " + port + "\n",
                        "http://127.0.0.1:" + port + "/health/ready\"]",
                        "--uid 10001",
                        "USER 10001\n");
        assertThat(file.indexOf("USER")).isGreaterThan(file.lastIndexOf("RUN"));
    }

    /** The names at the top of an archive. */
    private static Set<String> archive() throws IOException {
        Path assembly = Path.of("../distribution/src/assembly");
        String parts = Files.readString(assembly.resolve("parts.xml")) + Files.readString(assembly.resolve("full.xml"));
        Set<String> names = new TreeSet<>();
        Pattern.compile("<outputDirectory>([^/<]+)|<source>[^<]*/([^/<]+)</source>")
                .matcher(parts)
                .results()
                .forEach(name -> names.add(name.group(1) == null ? name.group(2) : name.group(1)));
        assertThat(names).contains("bin", "lib", "docs", "LICENSE");
        return names;
    }

    @Test
    void theImageIsBuiltFromWhatAnArchiveUnpacksTo() throws IOException {
        String build = "docker build -t mineral -f docs/how-to/production/Dockerfile .";
        assertThat(page()).contains("in the directory that the archive unpacks to:\n\n```sh\n" + build + "\n");
        assertThat(example("Dockerfile")).startsWith("# " + build + " ");
        Map<String, String> copied = Pattern.compile("(?m)^COPY (\\S+) (\\S+)$")
                .matcher(example("Dockerfile"))
                .results()
                .collect(Collectors.toMap(copy -> copy.group(1), copy -> copy.group(2)));
        assertThat(archive()).containsAll(copied.keySet());
        assertThat(copied)
                .containsEntry("bin", "/opt/mineral/bin")
                .containsEntry("lib", "/opt/mineral/lib")
                .containsEntry("licenses", "/opt/mineral/licenses");
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/how-to/production.md"));
    }

    /** The steps, with paths below a directory in place of the root, and without accounts and systemd. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "commands of a shell")
    void theStepsForSystemdMakeEveryFileThatTheUnitAndTheOptionsName() throws Exception {
        Matcher block = Pattern.compile("(?s)```sh\n(useradd.*?)```").matcher(page().replace("\\\n", " "));
        assertThat(block.find()).isTrue();
        String steps = block.group(1);
        assertThat(steps).endsWith("systemctl daemon-reload\nsystemctl enable --now mineral\n");
        Path work = Files.createDirectories(home.resolve("work"));
        Path archive = Files.createDirectories(work.resolve("mineral-1/docs/how-to"));
        Files.createDirectories(work.resolve("mineral-1/bin"));
        Files.writeString(work.resolve("mineral-1/bin/mineral"), "");
        copy(EXAMPLES, Files.createDirectories(archive.resolve("production")));
        Files.createDirectories(work.resolve("model"));
        Files.writeString(work.resolve("items.csv"), "item\n");
        Files.createDirectories(home.resolve("etc/systemd/system"));
        String here = steps.replaceAll("(?<= )/(opt|etc|var)/", home + "/$1/")
                .replaceAll(" -o mineral| -g mineral", "")
                .replaceAll("(?m)^(?:useradd|chown|systemctl) .*$", "")
                .replace("$(openssl rand -hex 32)", "0123456789abcdef");
        Process process = new ProcessBuilder(
                        "sh", "-ec", "tar -czf mineral-1.tar.gz mineral-1; rm -r mineral-1\n" + here)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        // The server makes its logs itself.
        String named = example("mineral.service").replaceAll("(?m)^#.*$", "")
                + example("serve.yaml").replaceAll("(?m)^(feedback|access-log):.*$", "");
        List<String> files = Pattern.compile("/(?:opt|etc|var)/[\\w/.-]+")
                .matcher(named)
                .results()
                .map(file -> file.group())
                .toList();
        assertThat(files)
                .hasSize(6)
                .allSatisfy(file -> assertThat(Path.of(home + file)).exists());
        assertThat(home.resolve("etc/mineral/environment")).hasContent("MINERAL_WRITE_KEY=0123456789abcdef");
        assertThat(home.resolve("etc/mineral/reload.header")).hasContent("Authorization: Bearer 0123456789abcdef");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("etc/mineral/environment"))))
                .isEqualTo("rw-------");
        // systemd reads the environment as root, and curl its header as the unit's user.
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("etc/mineral/reload.header"))))
                .isEqualTo("rw-r-----");
        assertThat(steps).contains("-m 0640 -g " + unit().get("Group").get(0) + " ");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void thePageNamesVariablesFilesAndAddressesThatAreThere() throws IOException {
        String page = page();
        Set<String> named = new TreeSet<>();
        Matcher variable = Pattern.compile("MINERAL_[A-Z_]*[A-Z]").matcher(page);
        while (variable.find()) {
            named.add(variable.group());
        }
        Set<String> known = variables();
        known.add("MINERAL_JAVA_HOME");
        assertThat(known).containsAll(named);
        for (String name : List.of(
                "mineral.service",
                "Dockerfile",
                "serve.yaml",
                "nginx.conf",
                "logrotate",
                "alerts.yml",
                "grafana.json")) {
            assertThat(page).contains("(production/" + name + ")");
            assertThat(EXAMPLES.resolve(name)).isNotEmptyFile();
        }
    }
}
