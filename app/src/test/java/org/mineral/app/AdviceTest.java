package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.app.cli.FromEnvironment;
import org.mineral.app.console.Console;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.loss.Losses;
import picocli.CommandLine;

/** What messages advise is there: options, verbs, settings with their values, and variables that the launcher reads. */
class AdviceTest {

    private static final Pattern LITERAL = Pattern.compile("(?<!')\"((?:[^\"\\\\\\n]++|\\\\.)*+)\"");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*[a-z]\\b(?!:)");
    private static final Pattern COMMAND =
            Pattern.compile("(?:\\bmineral |(?=\\bdata (?:import|split|convert|describe|generate)\\b))([^`:;.,]*)");
    private static final Pattern SETTING = Pattern.compile("--set ([a-z_]+)=([\\w:.+-]*\\w)");
    private static final Pattern VARIABLE = Pattern.compile("\\b(?:MINERAL|JAVA|JDK)(?:_[A-Z]+)+\\b");

    /** Options of Java itself. */
    private static final Set<String> JAVA = Set.of("--add-modules");

    @TempDir
    private Path directory;

    private final CommandLine mineral =
            Main.commandLine(new Console(System.out, new PrintStream(OutputStream.nullOutputStream()), false));

    @Test
    void optionsOfMessagesExist() throws IOException {
        Set<String> known = new HashSet<>(JAVA);
        collect(mineral, known);
        assertThat(known).contains("--history", "--sql");
        assertThat(messages())
                .allSatisfy((message, file) ->
                        assertThat(known).as(file + ": " + message).containsAll(all(OPTION, message)));
    }

    @Test
    void verbsOfMessagesExistAndHaveTheOptionsThatStandBehindThem() throws IOException {
        assertThat(messages()).allSatisfy((message, file) -> {
            Matcher command = COMMAND.matcher(message);
            while (command.find()) {
                CommandLine verb = mineral;
                List<String> words = Arrays.asList(command.group(1).trim().split(" +"));
                int k = 0;
                while (k < words.size() && verb.getSubcommands().containsKey(words.get(k))) {
                    verb = verb.getSubcommands().get(words.get(k++));
                }
                if (verb != mineral) {
                    Set<String> known = new HashSet<>(JAVA);
                    collect(verb, known);
                    assertThat(known)
                            .as(file + ": " + message)
                            .containsAll(all(OPTION, String.join(" ", words.subList(k, words.size()))));
                }
            }
        });
    }

    @Test
    void settingsOfMessagesAreSettingsWithValuesInRange() throws IOException {
        assertThat(messages()).allSatisfy((message, file) -> {
            Matcher set = SETTING.matcher(message);
            while (set.find()) {
                boolean accepted = accepts(TrainOptions.class, set.group(1), set.group(2))
                        || Losses.names().stream()
                                .anyMatch(loss -> accepts(Losses.recordOf(loss), set.group(1), set.group(2)));
                assertThat(accepted).as(file + ": " + message).isTrue();
            }
        });
    }

    @Test
    void variablesOfMessagesAreReadByTheLauncherOrAskedForByName() throws IOException {
        String launcher = Files.readString(root().resolve("app/src/launcher/run.sh"));
        Set<String> literals = messages().keySet();
        Set<String> options = optionsFromTheEnvironment();
        assertThat(messages())
                .allSatisfy((message, file) -> assertThat(all(VARIABLE, message))
                        .as(file + ": " + message)
                        .allMatch(variable -> literals.contains(variable)
                                || options.contains(variable)
                                || launcher.contains("${" + variable + ":-}")));
        assertThat(literals).anyMatch(message -> message.contains("MINERAL_JAVA_OPTS"));
    }

    /** The variables that stand for the options and arguments of verbs that take them from the environment. */
    private static Set<String> optionsFromTheEnvironment() {
        Set<String> names = new TreeSet<>();
        Main.commandLine(new Console(System.out, System.err, false)).getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(verb -> verb.userObject() instanceof FromEnvironment)
                .forEach(verb -> {
                    verb.options().forEach(option -> names.add(option.longestName()));
                    verb.positionalParameters().forEach(argument -> names.add(argument.paramLabel()));
                });
        assertThat(names).isNotEmpty();
        return names.stream()
                .map(name -> "MINERAL_"
                        + name.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** The heap that a refused training is advised to take is one that it trains with. */
    @Test
    void heapThatIsAdvisedIsEnough() throws Exception {
        List<String> training = List.of(
                "train",
                "builtin:tastes:users=900,items=600",
                "-o",
                directory.resolve("m").toString(),
                "--set",
                "dimension=512",
                "--set",
                "epochs=1");
        Run refused = java(List.of("-Xmx24m", "--add-modules=jdk.incubator.vector"), training);
        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        Matcher advice = Pattern.compile("MINERAL_JAVA_OPTS=(-Xmx\\d+m)").matcher(refused.err());
        assertThat(advice.find()).as(refused.err()).isTrue();
        Run trained = java(List.of(advice.group(1), "--add-modules=jdk.incubator.vector"), training);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(directory.resolve("m/model.json")).exists();
    }

    @Test
    void scalarKernelsAreWarnedOfInOneLine() throws Exception {
        List<String> training = List.of(
                "train",
                "builtin:tastes:users=50,items=30",
                "-o",
                directory.resolve("m").toString(),
                "--set",
                "epochs=1");
        String warning = "Scalar kernels";
        assertThat(java(List.of(), training).err().lines().filter(line -> line.contains(warning)))
                .containsExactly("mineral: Scalar kernels, many times slower than SIMD. Start Java with --add-modules"
                        + " jdk.incubator.vector.");
        List<String> again = new ArrayList<>(training);
        again.set(3, directory.resolve("n").toString());
        assertThat(java(List.of("--add-modules", "jdk.incubator.vector"), again).err())
                .doesNotContain(warning);
        assertThat(java(List.of(), List.of("--version")).err()).isEmpty();
        Run doctor = java(List.of(), List.of("doctor"));
        assertThat(doctor.err()).isEmpty();
        assertThat(doctor.out()).contains("Kernels  scalar", "--add-modules jdk.incubator.vector");
    }

    private record Run(int code, String out, String err) {}

    private Run java(List<String> options, List<String> words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(words);
        Path err = directory.resolve("err.txt");
        Process process =
                new ProcessBuilder(command).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }

    private static boolean accepts(Class<? extends Record> type, String name, String value) {
        try {
            Config.read(type, Map.of(name, value));
            return true;
        } catch (InputException e) {
            return false;
        }
    }

    private static void collect(CommandLine command, Set<String> options) {
        command.getCommandSpec().options().forEach(option -> {
            options.addAll(List.of(option.names()));
            if (option.negatable()) {
                options.addAll(Stream.of(option.names())
                        .map(name -> name.replace("--", "--no-"))
                        .toList());
            }
        });
        command.getSubcommands().values().forEach(verb -> collect(verb, options));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group()).collect(Collectors.toSet());
    }

    /** The string literals of core and app, joined where one is put together of several, and the file of each. */
    private static Map<String, String> messages() throws IOException {
        Map<String, String> messages = new LinkedHashMap<>();
        for (String module : List.of("core", "app")) {
            try (Stream<Path> files = Files.walk(root().resolve(module).resolve("src/main/java"))) {
                // It gives a wrong option on purpose.
                for (Path file : files.filter(
                                path -> path.toString().endsWith(".java") && !path.endsWith("StartupClasses.java"))
                        .toList()) {
                    String source = Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
                    LITERAL.matcher(source)
                            .results()
                            .forEach(literal -> messages.put(
                                    literal.group(1), file.getFileName().toString()));
                }
            }
        }
        assertThat(messages).hasSizeGreaterThan(1000);
        return messages;
    }

    private static Path root() {
        return Path.of("").toAbsolutePath().getParent();
    }
}
