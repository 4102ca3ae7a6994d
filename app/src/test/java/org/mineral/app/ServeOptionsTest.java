package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.console.Console;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the options of {@code serve} come from. No server starts here: options are checked before the model is read. */
class ServeOptionsTest {

    @TempDir
    Path home;

    private Path missing;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void nameAModelThatIsNotThere() {
        missing = home.resolve("no-model");
        environment.put("MINERAL_MODEL", missing.toString());
    }

    /** What is printed on standard error; the exit code is that of bad input. */
    private String refused(String... options) {
        List<String> args = new ArrayList<>(List.of("serve"));
        args.addAll(List.of(options));
        return refused(environment, args);
    }

    /** What a start with these variables prints on standard error. */
    static String refused(Map<String, String> environment, List<String> args) {
        CommandLineTest.Run run = CommandLineTest.run(environment, args.toArray());
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        return run.err();
    }

    /** By the rule: MINERAL_ and the option's name in capitals, with _ for -. */
    static List<String> variables() {
        return Main.commandLine(new Console(System.out, System.err, false))
                .getSubcommands()
                .get("serve")
                .getCommandSpec()
                .options()
                .stream()
                .map(option -> "MINERAL_"
                        + option.longestName()
                                .substring(2)
                                .toUpperCase(Locale.ROOT)
                                .replace('-', '_'))
                .toList();
    }

    private String file(String text) throws IOException {
        return Files.writeString(home.resolve("serve.yaml"), text).toString();
    }

    @Test
    void theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
        environment.clear();
        String config = file("model: " + missing + "\ngrace: 5000\nwarm-up: 3\n");
        assertThat(refused("--config", config)).contains("--grace", "5000");
        environment.put("MINERAL_GRACE", "6000");
        assertThat(refused("--config", config)).contains("--grace", "6000");
        assertThat(refused("--config", config, "--grace", "7000")).contains("--grace", "7000");
        environment.put("MINERAL_CONFIG", config);
        assertThat(refused()).contains("--grace", "6000");
        environment.put("MINERAL_GRACE", "");
        assertThat(refused()).contains("--grace", "5000");
        assertThat(refused("--grace", "1")).contains(missing.toString());
        assertThat(refused(missing + "-other", "--grace", "1")).contains(missing + "-other");
    }

    @Test
    void aSwitchIsSetByAnyOfThem() throws IOException {
        environment.put("MINERAL_REPAIR_FEEDBACK", "true");
        assertThat(refused()).contains("--repair-feedback repairs the logs");
        environment.put("MINERAL_REPAIR_FEEDBACK", "false");
        assertThat(refused("--config", file("repair-feedback: true"))).contains(missing.toString());
        environment.remove("MINERAL_REPAIR_FEEDBACK");
        assertThat(refused("--config", file("repair-feedback: true"))).contains("--repair-feedback repairs the logs");
    }

    @Test
    void theCommandLineTurnsASwitchOffOrOnOnce() throws IOException {
        String config = file("repair-feedback: true");
        assertThat(refused("--config", config, "--repair-feedback=false")).contains(missing.toString());
        environment.put("MINERAL_REPAIR_FEEDBACK", "true");
        assertThat(refused("--repair-feedback=false")).contains(missing.toString());
        for (String on : List.of("--repair-feedback", "--repair-feedback=true")) {
            assertThat(refused(on)).contains("--repair-feedback repairs the logs");
        }
    }

    @Test
    void whatFollowsTwoDashesIsNoOption() throws IOException {
        environment.clear();
        environment.put("MINERAL_REPAIR_FEEDBACK", "true");
        assertThat(refused("--", missing.toString())).contains("--repair-feedback repairs the logs");
        assertThat(refused("--", "--repair-feedback")).contains("--repair-feedback repairs the logs");
        environment.clear();
        assertThat(refused("--", "--config=" + home.resolve("no-file"))).contains("is no directory");
        assertThat(refused("--", "--debug")).doesNotContain("\tat ");
    }

    @Test
    void whereAnErrorAroseIsShownWhereverThatIsAskedFor() throws IOException {
        String place = "\tat org.mineral.";
        assertThat(refused()).doesNotContain(place);
        assertThat(refused("--debug")).contains(place);
        environment.put("MINERAL_DEBUG", "true");
        assertThat(refused()).contains(place);
        assertThat(refused("--debug=false")).doesNotContain(place);
        environment.put("MINERAL_LOG_FORMAT", "json");
        assertThat(refused()).contains("\"stack\":");
    }

    @Test
    void everyOptionHasAVariable() {
        List<String> variables = new ArrayList<>(variables());
        variables.removeAll(List.of("MINERAL_HELP", "MINERAL_CONFIG"));
        assertThat(variables)
                .contains("MINERAL_PORT", "MINERAL_READ_KEY_FILE", "MINERAL_LOG_FORMAT", "MINERAL_THREADS");
        variables.forEach(name -> environment.put(name, "?"));
        // Each is known, so that the first that cannot be "?" is refused, and none is called unknown.
        assertThat(refused()).contains(" in the environment: found '?'").doesNotContain("not an option");
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() throws IOException {
        environment.put("MINERAL_PORT", "eighty");
        assertThat(refused()).contains("MINERAL_PORT in the environment: found 'eighty'; allowed: a whole number.");
        environment.remove("MINERAL_PORT");
        String config = file("port: 7070\nwarmup: 3\n");
        assertThat(refused("--config", config)).contains("line 2: unknown name 'warmup'. Did you mean 'warm-up'?");
        assertThat(refused("--config", file("settings:\n  epochs: 3\n"))).contains("serve.yaml, line ", "settings");
    }

    @Test
    void anUnknownVariableIsSaidWithoutItsValueAndOthersAreLeftAlone() {
        environment.put("MINERAL_PROT", "secret-value");
        environment.put("MINERAL_JAVA_OPTS", "-Xmx1g");
        environment.put("MINERAL_WRITE_KEY", "secret-key-of-changes");
        environment.put("MINERAL_SERVICE_HOST", "10.0.0.1");
        environment.put("MINERAL_PORT_7070_TCP_ADDR", "10.0.0.1");
        environment.put("PORT", "none");
        String said = refused();
        assertThat(said)
                .contains(
                        "note: MINERAL_PROT in the environment is not an option of this command; did you mean MINERAL_PORT?")
                .doesNotContain("secret", "JAVA_OPTS", "WRITE_KEY", "SERVICE", "7070_TCP");
        assertThat(said.lines().filter(line -> line.startsWith("note:"))).hasSize(1);
    }

    @Test
    void whatKubernetesSetsForAServiceOfThatNameIsNotAPort() {
        environment.put("MINERAL_PORT", "tcp://10.96.0.12:7070");
        assertThat(refused()).contains("MINERAL_PORT=tcp://10.96.0.12:7070 is not used", missing.toString());
    }

    @Test
    void anotherVerbTakesNothingFromTheEnvironment() {
        environment.put("MINERAL_DIMENSION", "x");
        environment.put("MINERAL_SEED", "x");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
        String[] args = {
            "train", "builtin:tastes:users=60,items=40", "-o", home.resolve("m").toString(), "--set", "x=1"
        };
        Main.run(args, new Console(to, to, false), environment);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("unknown setting 'x'")
                .doesNotContain("MINERAL_");
    }

    @Test
    void asJsonEveryLineHasTimeLevelAndMessageTheLastErrorToo() {
        environment.put("MINERAL_LOG_FORMAT", "json");
        environment.put("MINERAL_PROT", "1");
        int handlers = Logger.getLogger("").getHandlers().length;
        List<JsonNode> lines = refused("--host", "0.0.0.0")
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.get("time").asString())
                        .matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        assertThat(lines).extracting(line -> line.get("level").asString()).containsExactly("warn", "warn", "error");
        assertThat(lines.get(0).get("message").asString()).startsWith("MINERAL_PROT in the environment");
        assertThat(lines.get(2).get("message").asString()).contains(missing.toString());
        assertThat(Logger.getLogger("").getHandlers()).hasSize(handlers);
        assertThat(refused("--log-format", "xml")).contains("--log-format", "xml", "json");
    }
}
