package org.mineral.app.command;

import java.util.List;
import java.util.Locale;
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
        description = "List the presets that come along: what each was found on, by which command, and what it says.",
        footer = {"", "Example: mineral train data -o model --preset amazon-electronics-small"})
public final class PresetsCommand extends Verb {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this one.")
    String name = "";

    @Override
    protected void run() {
        List<SavedPreset> presets = Presets.saved();
        boolean auto = name.isEmpty() || name.equals(AutoPreset.NAME);
        if (name.equals(AutoPreset.NAME)) {
            presets = List.of();
        } else if (!name.isEmpty()) {
            presets = presets.stream().filter(p -> p.name().equals(name)).toList();
            if (presets.isEmpty()) {
                throw InputException.unknown(
                        "preset",
                        name,
                        Presets.saved().stream().map(SavedPreset::name).toList());
            }
        }
        if (json) {
            printJson(presets);
            return;
        }
        if (auto) {
            print(AutoPreset.NAME);
            print(
                    "  by rules from the number of interactions and how predictable they are; `train --preset auto` says what they give");
            print("  for " + String.join(", ", new AutoPreset().losses()));
        }
        for (SavedPreset preset : presets) {
            print(preset.name());
            print("  " + preset.about());
            for (SavedPreset.Found found : preset.found()) {
                print(String.format(
                        Locale.ROOT,
                        "  %s: %s %s on validation data, found %s by",
                        found.loss(),
                        found.metric(),
                        Numbers.metric(found.validation()),
                        found.date()));
                print("    " + found.command());
                found.settings().forEach((key, value) -> print(String.format(Locale.ROOT, "    %-16s %s", key, value)));
            }
        }
    }
}
