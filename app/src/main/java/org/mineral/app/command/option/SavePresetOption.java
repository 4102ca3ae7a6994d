package org.mineral.app.command.option;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.tune.preset.SavedPreset;
import org.mineral.tune.search.TuningResult;
import picocli.CommandLine.Option;

/** The file of a preset that a search writes. */
public final class SavePresetOption {

    private static final String EXTENSION = ".json";

    @Option(
            names = "--save-preset",
            paramLabel = "FILE",
            description = "Keep what was found as a preset: a .json file for --preset. Its name is the file's.")
    @Nullable
    String savePreset;

    /**
     * To be called before the search.
     *
     * @param optimistic whether it chooses on the test part
     * @throws InputException if the file cannot be written, or would not be a preset
     */
    public void check(boolean optimistic) {
        if (savePreset == null) {
            return;
        }
        Path file = OutputFile.check("--save-preset", savePreset);
        if (!savePreset.endsWith(EXTENSION)) {
            throw new InputException(
                    "--save-preset " + file + " does not end in " + EXTENSION + ", as --preset expects of a file.");
        }
        if (optimistic) {
            throw new InputException(
                    "a preset is chosen on validation data; leave out --protocol paper or --save-preset.");
        }
    }

    /**
     * Writes the preset, if one is wanted.
     *
     * @param hash of the data
     */
    public void save(TuningResult result, String hash, SavedPreset.Search search, Consumer<String> notes) {
        if (savePreset != null) {
            Path file = Path.of(savePreset);
            String name = String.valueOf(file.getFileName());
            result.preset(name.substring(0, name.length() - EXTENSION.length()), hash, search)
                    .write(file);
            notes.accept("The preset is in " + file + ".");
        }
    }
}
