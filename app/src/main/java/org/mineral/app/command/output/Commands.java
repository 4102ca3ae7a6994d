package org.mineral.app.command.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mineral.algorithm.ModelSpec;
import org.mineral.app.command.option.Seeds;
import org.mineral.app.console.Shell;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.DataSource;
import org.mineral.tune.preset.SavedPreset;

/** The shell commands that repeat an entry of a comparison, or the search of a preset. */
public final class Commands {

    /** How the launcher that runs this process is called. */
    public static final String PROGRAM = System.getProperty("mineral.command", "./mineral");

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
                .map(s -> " --set " + Shell.quoted(s.getKey() + "=" + s.getValue()))
                .collect(Collectors.joining());
        boolean divided = protocol.made() == DataProtocol.Made.VALIDATION_AND_TEST;
        // The written parts keep the order and the times of the source.
        String data = divided ? "parts" : words(source);
        String held = protocol.heldOut() == null ? "" : " --validation " + protocol.heldOut();
        held += protocol.selection().optimistic() ? " --protocol paper" : protocol.retrains() ? " --retrain" : "";
        String model =
                "model-" + compared.name().replaceAll("[^A-Za-z0-9+._-]+", "-").replaceAll("-$", "");
        String seed = " --seed " + protocol.seed();
        List<String> commands = new ArrayList<>();
        if (divided) {
            String by = protocol.split().equals("random") ? "" : " --by " + protocol.split();
            // Each entry's commands work on their own, and also one entry after the other.
            commands.add("[ -d parts ] || " + PROGRAM + " data split " + words(source) + " -o parts" + by + seed);
        }
        commands.add(PROGRAM + " train " + data + held + " -o " + model + what(compared) + sets + seed);
        commands.add(PROGRAM + " evaluate " + model + " " + data);
        return List.copyOf(commands);
    }

    /**
     * Searches again, as for a preset.
     *
     * @param name of the preset
     */
    public static String of(SavedPreset.Search search, String name) {
        List<ModelSpec> models = search.models().stream().map(ModelSpec::parse).toList();
        String algorithm = models.get(0).algorithm();
        List<String> losses = models.stream()
                .map(ModelSpec::loss)
                .filter(loss -> !loss.isEmpty())
                .toList();
        List<String> words = new ArrayList<>(List.of(PROGRAM, "tune", search.data()));
        add(words, "--model", algorithm, !algorithm.equals(ModelSpec.DEFAULT));
        add(words, "--losses", String.join(",", losses), !losses.isEmpty());
        add(words, "--trials", search.points(), search.points() > 0);
        add(words, "--minutes", search.minutes(), search.minutes() > 0);
        add(words, "--epochs", search.epochs(), true);
        add(words, "--validation", search.validation(), !search.validation().equals("random"));
        search.settings().forEach((setting, value) -> add(words, "--set", setting + "=" + value, true));
        add(words, "--seed", search.seed(), search.seed() != Seeds.DEFAULT);
        add(words, "--save-preset", name + ".json", true);
        return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }

    private static void add(List<String> words, String option, Object value, boolean given) {
        if (given) {
            words.add(option);
            words.add(String.valueOf(value));
        }
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
                .map(Shell::quoted)
                .collect(Collectors.joining(" "));
    }
}
