package org.mineral.app.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.tune.Preset;
import org.mineral.tune.Presets;
import org.mineral.tune.Terms;
import picocli.CommandLine.Option;

/** On which terms a verb trains: the same options for all that do. */
final class TermsOptions {

    private static final String NONE = "none";
    private static final List<String> PROTOCOLS = List.of("validation", "paper");

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = {
                "Settings to begin with: one of `mineral presets`, a .json file, or none: the losses' own defaults.",
                "--set goes first."
            })
    @Nullable
    String preset;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description =
                    "What is chosen by: validation, or paper (the test part itself: optimistic). Default: validation.")
    String protocol = "validation";

    /** Whether a preset was named, or ruled out. */
    boolean saysHowToBegin() {
        return preset != null;
    }

    /** @throws InputException for an unknown name */
    Terms terms(boolean retrain) {
        if (!PROTOCOLS.contains(protocol)) {
            throw InputException.unknown("protocol", protocol, PROTOCOLS);
        }
        Preset chosen = preset == null || preset.equals(NONE) ? null : Presets.of(preset, NONE);
        return new Terms(
                chosen, protocol.equals("paper") ? Terms.Selection.PAPER : Terms.Selection.VALIDATION, retrain);
    }
}
