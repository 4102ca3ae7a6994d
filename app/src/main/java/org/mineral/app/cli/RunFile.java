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
 * an argument that the file has may be left out.
 */
public final class RunFile implements CommandLine.IDefaultValueProvider {

    private static final String OPTION = "--config";
    private static final String SETTINGS = "settings";
    private static final Set<String> NOT_IN_A_FILE = Set.of("config", "help", "debug", "set", "fresh");

    private final YamlFile file;
    private final Map<ArgSpec, String> defaults = new LinkedHashMap<>();
    private final List<String> flags = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    private RunFile(Path path, CommandLine verb) {
        this.file = new YamlFile(path);
        Map<String, ArgSpec> known = known(verb);
        file.values(SETTINGS).forEach((name, value) -> {
            if (name.startsWith(SETTINGS + ".")) {
                addSetting(name.substring(SETTINGS.length() + 1), value);
            } else {
                add(name, value, known);
            }
        });
    }

    /**
     * Reads the file that the arguments name, if they name one, and makes it the verb's defaults.
     *
     * @return the arguments, with the file's switches among them
     * @throws InputException for what the file should not hold; the message says where
     */
    public static String[] apply(CommandLine root, String[] args) {
        CommandLine verb = args.length == 0 ? null : root.getSubcommands().get(args[0]);
        String path = verb == null || verb.getCommandSpec().findOption(OPTION) == null ? null : path(args);
        if (verb == null || path == null || Arrays.asList(args).contains("--help")) {
            return args;
        }
        RunFile file = new RunFile(Path.of(path), verb);
        verb.setDefaultValueProvider(file);
        List<String> all = new ArrayList<>(Arrays.asList(args));
        file.flags.stream().filter(flag -> !all.contains(flag)).forEach(all::add);
        return all.toArray(new String[0]);
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
        for (int k = 1; k < args.length; k++) {
            if (args[k].startsWith(OPTION + "=")) {
                return args[k].substring(OPTION.length() + 1);
            } else if (args[k].equals(OPTION) && k + 1 < args.length) {
                return args[k + 1];
            }
        }
        return null;
    }

    private static Map<String, ArgSpec> known(CommandLine verb) {
        Map<String, ArgSpec> known = new TreeMap<>();
        for (OptionSpec option : verb.getCommandSpec().options()) {
            known.put(option.longestName().replaceFirst("^-+", ""), option);
        }
        known.keySet().removeAll(NOT_IN_A_FILE);
        verb.getCommandSpec()
                .positionalParameters()
                .forEach(argument -> known.put(argument.paramLabel().toLowerCase(Locale.ROOT), argument));
        return known;
    }

    private void add(String name, YamlFile.Value value, Map<String, ArgSpec> known) {
        ArgSpec arg = known.get(name);
        if (arg == null) {
            List<String> allowed = new ArrayList<>(known.keySet());
            allowed.add(SETTINGS);
            InputException unknown = InputException.unknown("name", name, allowed);
            throw file.wrong(value.line(), String.valueOf(unknown.getMessage()));
        }
        if (value.list() && arg.splitRegex().isEmpty()) {
            throw file.wrong(value.line(), name + " is a list; one value is expected.");
        }
        for (String text : value.texts()) {
            check(name, text, arg, value.line());
        }
        if (arg instanceof OptionSpec option && arg.typeInfo().isBoolean()) {
            if (value.texts().get(0).equals("true")) {
                flags.add(option.longestName());
            }
        } else {
            defaults.put(arg, String.join(",", value.texts()));
        }
    }

    /** Checks a value against the type of its option. */
    private void check(String name, String text, ArgSpec arg, int line) {
        String type = arg.typeInfo().getClassSimpleName().toLowerCase(Locale.ROOT);
        String expected = switch (type) {
            case "boolean" -> text.matches("true|false") ? "" : "true or false";
            case "integer", "int", "long" -> text.matches("[+-]?\\d{1,18}") ? "" : "a whole number";
            case "double" -> isNumber(text) ? "" : "a number";
            default -> "";
        };
        if (!expected.isEmpty()) {
            throw file.wrong(line, name + ": found '" + text + "'; allowed: " + expected + ".");
        }
        if (name.equals("loss") || name.equals("losses")) {
            located(line, () -> Losses.recordOf(text));
        }
        if (name.equals("model") && arg.typeInfo().getType() == String.class) {
            located(line, () -> Algorithms.of(text));
        }
        if (name.equals("models")) {
            located(line, () -> ModelSpec.parse(text));
        }
        if (name.equals("validation")) {
            located(line, () -> HoldOut.parse(text));
        }
    }

    private static boolean isNumber(String text) {
        try {
            return !Double.isNaN(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void addSetting(String name, YamlFile.Value value) {
        if (value.list()) {
            throw file.wrong(value.line(), name + " is a list; one value is expected.");
        }
        located(value.line(), () -> Settings.check(name, value.texts().get(0)));
        settings.put(name, value.texts().get(0));
    }

    private void located(int line, Runnable check) {
        try {
            check.run();
        } catch (InputException e) {
            throw file.wrong(line, String.valueOf(e.getMessage()));
        }
    }
}
