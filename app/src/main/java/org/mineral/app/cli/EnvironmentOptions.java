package org.mineral.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import picocli.CommandLine.Model.ArgSpec;

/** The options of a verb that environment variables give: {@code MINERAL_} and the option's name in capitals, with {@code _} for {@code -}. */
final class EnvironmentOptions {

    private static final String PREFIX = "MINERAL_";
    private static final String CONFIG = "MINERAL_CONFIG";
    private static final Set<String> NOT_IN_ENVIRONMENT = Set.of("config", "help", "set", "fresh");

    /** What the launcher, the database drivers, the keys of the server and the tests are told by. */
    private static final Set<String> OTHERS = Set.of(
            CONFIG,
            "MINERAL_JAVA_HOME",
            "MINERAL_JAVA_OPTS",
            "MINERAL_WRITE_KEY",
            "MINERAL_READ_KEY",
            "MINERAL_API_KEY",
            "MINERAL_DB_USER",
            "MINERAL_DB_PASSWORD",
            "MINERAL_DATA",
            "MINERAL_PYTHON");

    /** What Kubernetes and Docker set where a service called {@code mineral} is near: {@code MINERAL_PORT=tcp://10.0.0.1:7070} and others. */
    private static final Pattern SERVICE_LINK = Pattern.compile("MINERAL_(SERVICE_(HOST|PORT).*|PORT_\\d+_.*)");

    private final Map<String, ArgSpec> known = new TreeMap<>();
    private final Map<ArgSpec, String> values = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final @Nullable String config;

    /**
     * @param options by their names without dashes
     * @param variables the environment
     * @throws InputException for a value of the wrong type
     */
    EnvironmentOptions(Map<String, ArgSpec> options, Map<String, String> variables) {
        options.forEach((name, arg) -> {
            if (!NOT_IN_ENVIRONMENT.contains(name)) {
                known.put(variable(name), arg);
            }
        });
        new TreeMap<>(variables).forEach(this::add);
        String file = variables.get(CONFIG);
        config = file == null || file.isBlank() ? null : file;
    }

    /** The variable of an option. */
    static String variable(String option) {
        return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String option(String variable) {
        return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void add(String name, String value) {
        ArgSpec arg = known.get(name);
        if (!name.startsWith(PREFIX) || value.isBlank()) {
            return;
        } else if (arg != null && value.startsWith("tcp://")) {
            notes.add(
                    "note: " + name + "=" + value + " is not used: Kubernetes sets it for a service of that name; the "
                            + "option --port or enableServiceLinks: false in the pod avoids it.");
        } else if (arg != null) {
            String wrong = OptionTypes.wrong(arg, value);
            if (!wrong.isEmpty()) {
                throw new InputException(name + " in the environment: " + wrong);
            }
            values.put(arg, value);
        } else if (!OTHERS.contains(name) && !SERVICE_LINK.matcher(name).matches()) {
            // Never its value, which may be a key.
            String nearest = Names.nearest(
                            option(name),
                            known.keySet().stream()
                                    .map(EnvironmentOptions::option)
                                    .toList())
                    .map(near -> "; did you mean " + variable(near) + "?")
                    .orElse(".");
            notes.add("note: " + name + " in the environment is not an option of this command" + nearest);
        }
    }

    /** The file with further options; null for none. */
    @Nullable
    String config() {
        return config;
    }

    Map<ArgSpec, String> values() {
        return values;
    }

    /** What the operator should know of variables that are not used. */
    List<String> notes() {
        return notes;
    }
}
