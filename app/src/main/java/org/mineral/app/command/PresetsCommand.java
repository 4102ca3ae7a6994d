package org.mineral.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mineral.app.command.output.Commands;
import org.mineral.app.report.Numbers;
import org.mineral.config.InputException;
import org.mineral.tune.preset.AutoPreset;
import org.mineral.tune.preset.Presets;
import org.mineral.tune.preset.SavedPreset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code presets}: lists the values of {@code --preset}. */
@Command(
        name = "presets",
        description = "List the built-in presets: the data and the search that each comes from, and its settings.",
        footer = {"", "Example: mineral train data -o model --preset amazon-electronics-small"})
public final class PresetsCommand extends Verb {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this one.")
    String name = "";

    @Override
    protected void run() {
        List<SavedPreset> presets = named();
        List<String> lines = new ArrayList<>();
        if (name.isEmpty() || name.equals(AutoPreset.NAME)) {
            lines.add(AutoPreset.NAME);
            lines.add(
                    "  by rules from the number of interactions and how predictable they are; `train --preset auto` prints the"
                            + " settings");
            lines.add("  for " + String.join(", ", new AutoPreset().losses()));
        }
        presets.forEach(preset -> describe(preset, lines));
        print(lines, () -> presets);
    }

    /** The saved presets that are asked for. */
    private List<SavedPreset> named() {
        List<SavedPreset> saved = Presets.saved();
        if (name.isEmpty()) {
            return saved;
        }
        List<SavedPreset> named =
                saved.stream().filter(preset -> preset.name().equals(name)).toList();
        if (named.isEmpty() && !name.equals(AutoPreset.NAME)) {
            throw InputException.unknown(
                    "preset", name, saved.stream().map(SavedPreset::name).toList());
        }
        return named;
    }

    private static void describe(SavedPreset preset, List<String> lines) {
        lines.add(preset.name());
        lines.add("  " + preset.about());
        for (SavedPreset.Found found : preset.found()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %s: %s %s on validation data, found %s by",
                    found.loss(),
                    found.metric(),
                    Numbers.metric(found.validation()),
                    found.date()));
            SavedPreset.Search search = found.search();
            if (search != null) {
                lines.add("    " + Commands.of(search, preset.name()));
            }
            found.settings().forEach((key, value) -> lines.add(String.format(Locale.ROOT, "    %-16s %s", key, value)));
        }
    }
}
