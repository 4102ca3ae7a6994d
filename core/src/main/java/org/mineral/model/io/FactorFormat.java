package org.mineral.model.io;

import java.io.IOException;
import java.nio.file.Path;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.VectorModel;

/** Files in which other tools find a factor model, and from which it can be rebuilt. */
public interface FactorFormat {

    /** As the command line writes it. */
    String name();

    /** Fills an empty directory. */
    void write(VectorModel model, Path directory) throws IOException;

    /** @throws org.mineral.config.InputException if the directory does not hold such files in good order */
    Tables read(Path directory) throws IOException;

    /**
     * What the files hold: the model but for its settings.
     *
     * @param userFactors U x d
     * @param itemFactors I x d
     * @param trained what the model was trained on, U x I
     * @param known what its lists leave out, U x I: these and what was held out
     */
    record Tables(
            IdMap users,
            IdMap items,
            Matrix userFactors,
            Matrix itemFactors,
            Interactions trained,
            Interactions known) {}
}
