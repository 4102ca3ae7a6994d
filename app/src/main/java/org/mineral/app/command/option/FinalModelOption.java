package org.mineral.app.command.option;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.model.Model;
import org.mineral.model.io.ModelLock;
import picocli.CommandLine.Option;

/** Where a search saves its model, if it is to be saved. */
public final class FinalModelOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "MODEL",
            description = "Where the final model goes: a directory. Default: nowhere.")
    @Nullable
    Path output;

    /** @throws org.mineral.config.InputException if a model cannot be saved there */
    public void check() {
        if (output != null) {
            OutputFile.checkModel(output);
        }
    }

    /** Keeps other runs from writing there; null if nothing is saved. */
    public @Nullable ModelLock lock() {
        return output == null ? null : ModelLock.of(output);
    }

    /** Saves the model, if it is to be saved. */
    public void save(Model model, Consumer<String> notes) {
        if (output != null) {
            model.save(output);
            notes.accept("The model is in " + output + ".");
        }
    }
}
