package org.mineral.app.command.option;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.recipe.TrainingRecipe;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.preset.Preset;
import org.mineral.tune.preset.Presets;
import picocli.CommandLine.Option;

/** Preset and selection protocol of verbs that train. */
public final class SelectionOptions {

    private static final String NONE = "none";
    private static final List<String> PROTOCOLS = List.of("validation", "paper");

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Settings to begin with: one of `mineral presets`, a .json file, or none: the losses' own"
                    + " defaults. --set goes first.")
    @Nullable
    String preset;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "What is chosen by: validation, or paper (the test part itself: optimistic). Default: validation.")
    String protocol = "validation";

    void into(TrainingRecipe recipe, boolean complete) {
        SelectionProtocol selected = protocol(false);
        if (selected.optimistic()) {
            recipe.paperProtocol();
        }
        if (preset != null || complete) {
            recipe.preset(selected.preset());
        }
    }

    /** @throws InputException for an unknown name */
    public SelectionProtocol protocol(boolean retrain) {
        if (!PROTOCOLS.contains(protocol)) {
            throw InputException.unknown("protocol", protocol, PROTOCOLS);
        }
        Preset chosen = preset == null || preset.equals(NONE) ? null : Presets.of(preset, NONE);
        SelectionProtocol chosenBy = SelectionProtocol.DEFAULTS.preset(chosen).retrained(retrain);
        return protocol.equals("paper") ? chosenBy.paper() : chosenBy;
    }
}
