package org.mineral.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The shell commands that repeat one entry of a comparison. */
final class Commands {

    private Commands() {}

    /**
     * Trains and measures as the comparison did.
     *
     * @param source the data as the user named them
     * @param given the settings that were given, of which those of this loss and of training are passed on
     */
    static List<String> of(String source, Protocol protocol, Contestant contestant, Map<String, String> given) {
        Map<String, String> settings = new LinkedHashMap<>(given);
        settings.keySet().retainAll(contestant.settings().keySet());
        settings.put("epochs", String.valueOf(contestant.options().epochs()));
        settings.put("patience", String.valueOf(contestant.options().patience()));
        String sets = settings.entrySet().stream()
                .map(s -> " --set " + quote(s.getKey() + "=" + s.getValue()))
                .collect(Collectors.joining());
        String data = quote(source);
        String model = "models/" + contestant.name();
        String parts = switch (protocol.made()) {
            case NOTHING -> "";
            case VALIDATION -> " --hold-out " + Protocol.HELD_OUT;
            case VALIDATION_AND_TEST -> " --split 0.8,0.1,0.1";
        };
        String split = protocol.made() == Protocol.Made.VALIDATION_AND_TEST ? parts + " --seed " + protocol.seed() : "";
        return List.of(
                "./mineral train " + data + parts + " -o " + model + " --loss " + contestant.name() + sets + " --seed "
                        + protocol.seed(),
                "./mineral evaluate " + model + " " + data + split);
    }

    /** In single quotes if a shell would read anything into it. */
    static String quote(String argument) {
        return argument.matches("[A-Za-z0-9_./:=,+@%-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
