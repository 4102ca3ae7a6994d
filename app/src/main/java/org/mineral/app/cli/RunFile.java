package org.mineral.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.HoldOut;
import org.mineral.loss.Losses;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --config run.yaml}: a verb's options from a file. A name is that of an option without its dashes, or of an argument
 * ({@code data}); below {@code settings} are those that {@code --set} takes. To the parser they are defaults: the command line overrides them, and
 * an argument that the file has may be left out. For a verb that is {@link FromEnvironment}, the environment stands between the two.
 */
public final class RunFile implements CommandLine.IDefaultValueProvider {

    private static final String OPTION = "--config";
    private static final String SETTINGS = "settings";
    private static final Set<String> NOT_IN_A_FILE = Set.of("config", "help", "debug", "set", "fresh");

    private final Map<ArgSpec, String> defaults = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private RunFile() {}

    /**
     * Reads the file that the arguments name, if they name one, and makes it the verb's defaults. Variables of the
     * environment become defaults in the same way, where the verb takes them.
     *
     * @param environment variables by their names
     * @return the arguments, with the switches of both among them
     * @throws InputException for what file or environment should not hold; the message says where
     */
    public static String[] apply(CommandLine root, String[] args, Map<String, String> environment) {
        CommandLine verb = args.length == 0 ? null : root.getSubcommands().get(args[0]);
        if (verb == null || verb.getCommandSpec().findOption(OPTION) == null || isHelp(args)) {
            return args;
        }
        Map<String, ArgSpec> known = known(verb);
        EnvironmentOptions variables =
                new EnvironmentOptions(known, verb.getCommand() instanceof FromEnvironment ? environment : Map.of());
        String path = path(args) == null ? variables.config() : path(args);
        known.keySet().removeAll(NOT_IN_A_FILE);
        if (path == null && variables.values().isEmpty() && variables.notes().isEmpty()) {
            return args;
        }
        RunFile all = new RunFile();
        if (path != null) {
            all.read(new YamlFile(Path.of(path)), known, verb.getCommandSpec().findOption("--set") != null);
        }
        all.defaults.putAll(variables.values());
        all.notes.addAll(variables.notes());
        verb.setDefaultValueProvider(all);
        return all.withSwitches(args);
    }

    private static boolean isHelp(String[] args) {
        List<String> options = Arguments.beforeDashes(args);
        return options.contains("--help") || options.contains("-h");
    }

    /** To the parser, the default of a switch is never true. */
    private String[] withSwitches(String[] args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        defaults.forEach((arg, value) -> {
            if (arg instanceof OptionSpec option && isSwitch(arg) && value.equals("true")) {
                if (Arrays.stream(option.names()).noneMatch(name -> Arguments.has(args, name))) {
                    // Directly behind the verb: what follows a -- is no option.
                    all.add(1, option.longestName());
                }
            }
        });
        defaults.keySet().removeIf(RunFile::isSwitch);
        return all.toArray(new String[0]);
    }

    private static boolean isSwitch(ArgSpec arg) {
        return arg instanceof OptionSpec && arg.typeInfo().isBoolean();
    }

    private void read(YamlFile file, Map<String, ArgSpec> known, boolean takesSettings) {
        file.values(takesSettings ? SETTINGS : "").forEach((name, value) -> {
            if (takesSettings && name.startsWith(SETTINGS + ".")) {
                addSetting(file, name.substring(SETTINGS.length() + 1), value);
            } else {
                add(file, name, value, known, takesSettings);
            }
        });
    }

    /** What the operator should know of variables that are not used. */
    public List<String> notes() {
        return notes;
    }

    /** Names to values, as {@code --set} takes them. */
    public Map<String, String> settings() {
        return new LinkedHashMap<>(settings);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        return defaults.get(arg);
    }

    private static @Nullable String path(String[] args) {
        List<String> options = Arguments.beforeDashes(args);
        for (int k = 1; k < options.size(); k++) {
            if (options.get(k).startsWith(OPTION + "=")) {
                return options.get(k).substring(OPTION.length() + 1);
            } else if (options.get(k).equals(OPTION) && k + 1 < options.size()) {
                return options.get(k + 1);
            }
        }
        return null;
    }

    private static Map<String, ArgSpec> known(CommandLine verb) {
        Map<String, ArgSpec> known = new TreeMap<>();
        for (OptionSpec option : verb.getCommandSpec().options()) {
            Arrays.stream(option.names())
                    .filter(name ->
                            name.startsWith("--") || option.longestName().equals(name))
                    .forEach(name -> known.put(name.replaceFirst("^-+", ""), option));
        }
        verb.getCommandSpec()
                .positionalParameters()
                .forEach(argument -> known.put(argument.paramLabel().toLowerCase(Locale.ROOT), argument));
        return known;
    }

    private void add(
            YamlFile file, String name, YamlFile.Value value, Map<String, ArgSpec> known, boolean takesSettings) {
        ArgSpec arg = known.get(name);
        if (arg == null) {
            List<String> allowed = new ArrayList<>(known.keySet());
            if (takesSettings) {
                allowed.add(SETTINGS);
            }
            InputException unknown = InputException.unknown("name", name, allowed);
            throw file.wrong(value.line(), String.valueOf(unknown.getMessage()));
        }
        if (value.list() && arg.splitRegex().isEmpty()) {
            throw file.wrong(value.line(), name + " is a list; one value is expected.");
        }
        for (String text : value.texts()) {
            check(file, name, text, arg, value.line());
        }
        defaults.put(arg, isSwitch(arg) ? value.texts().get(0) : String.join(",", value.texts()));
    }

    private static void check(YamlFile file, String name, String text, ArgSpec arg, int line) {
        String wrong = OptionTypes.wrong(arg, text);
        if (!wrong.isEmpty()) {
            throw file.wrong(line, name + ": " + wrong);
        }
        if (name.equals("loss") || name.equals("losses")) {
            located(file, line, () -> Losses.recordOf(text));
        }
        if (name.equals("model") && arg.typeInfo().getType() == String.class) {
            located(file, line, () -> Algorithms.of(text));
        }
        if (name.equals("models")) {
            located(file, line, () -> ModelSpec.parse(text));
        }
        if (name.equals("validation")) {
            located(file, line, () -> HoldOut.parse(text));
        }
    }

    private void addSetting(YamlFile file, String name, YamlFile.Value value) {
        if (value.list()) {
            throw file.wrong(value.line(), name + " is a list; one value is expected.");
        }
        located(file, value.line(), () -> Settings.check(name, value.texts().get(0)));
        settings.put(name, value.texts().get(0));
    }

    private static void located(YamlFile file, int line, Runnable check) {
        try {
            check.run();
        } catch (InputException e) {
            throw file.wrong(line, String.valueOf(e.getMessage()));
        }
    }
}
