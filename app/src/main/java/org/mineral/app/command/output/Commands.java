package org.mineral.app.command.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mineral.algorithm.ModelSpec;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.DataSource;

/** The shell commands that repeat one entry of a comparison. */
public final class Commands {

    private Commands() {}

    /**
     * Trains and measures as the comparison did.
     *
     * @param source the data as the user named them
     * @param given the settings that were given, of which those of this loss and of training are passed on
     */
    public static List<String> of(
            DataSource source, DataProtocol protocol, ComparedModel compared, Map<String, String> given) {
        Map<String, String> settings = new LinkedHashMap<>(given);
        settings.keySet().retainAll(compared.settings().keySet());
        settings.remove(ModelSpec.LOSS);
        if (compared.iterative()) {
            Map<String, String> inForce = compared.settings();
            settings.put("epochs", inForce.getOrDefault("epochs", ""));
            settings.put("patience", inForce.getOrDefault("patience", ""));
        }
        String sets = settings.entrySet().stream()
                .map(s -> " --set " + quote(s.getKey() + "=" + s.getValue()))
                .collect(Collectors.joining());
        boolean divided = protocol.made() == DataProtocol.Made.VALIDATION_AND_TEST;
        // Parts that were written have the order and the times that were read.
        String data = divided ? "parts" : words(source);
        String held = protocol.heldOut() == null ? "" : " --validation " + protocol.heldOut();
        held += protocol.terms().optimistic()
                ? " --protocol paper"
                : protocol.terms().retrain() ? " --retrain" : "";
        String model =
                "model-" + compared.name().replaceAll("[^A-Za-z0-9+._-]+", "-").replaceAll("-$", "");
        String seed = " --seed " + protocol.seed();
        List<String> commands = new ArrayList<>();
        if (divided) {
            String by = protocol.split().equals("random") ? "" : " --by " + protocol.split();
            // Each entry's commands stand for themselves, and are also run one entry after the other.
            commands.add("[ -d parts ] || ./mineral data split " + words(source) + " -o parts" + by + seed);
        }
        commands.add("./mineral train " + data + held + " -o " + model + what(compared) + sets + seed);
        commands.add("./mineral evaluate " + model + " " + data);
        return List.copyOf(commands);
    }

    /** The algorithm, unless it is the default, and the loss, if there is one. */
    private static String what(ComparedModel compared) {
        ModelSpec spec = compared.algorithm().spec();
        String algorithm = spec.algorithm().equals(ModelSpec.DEFAULT) ? "" : " --model " + spec.algorithm();
        return spec.loss().isEmpty() ? algorithm : algorithm + " --loss " + spec.loss();
    }

    /** Name and options as a shell takes them. */
    private static String words(DataSource source) {
        return Stream.concat(Stream.of(source.name()), source.options().stream())
                .map(Commands::quote)
                .collect(Collectors.joining(" "));
    }

    /** In single quotes if a shell would read anything into it. */
    static String quote(String argument) {
        return argument.matches("[A-Za-z0-9_./:=,+@%-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
