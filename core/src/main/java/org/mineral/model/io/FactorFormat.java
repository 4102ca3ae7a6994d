package org.mineral.model.io;

import java.io.IOException;
import java.nio.file.Path;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.VectorModel;

/** A file format for exporting models, and for rebuilding those of factors. */
public interface FactorFormat {

    /** As the command line writes it. */
    String name();

    /** Fills an empty directory with factors, ids and interactions. */
    void write(VectorModel model, Path directory) throws IOException;

    /** Fills an empty directory with item-to-item weights, ids and interactions. */
    void write(ItemSimilarityModel model, Path directory) throws IOException;

    /** @throws org.mineral.config.InputException if the directory does not hold valid files of this format */
    Tables read(Path directory) throws IOException;

    /**
     * The contents of the files: the model without its settings.
     *
     * @param userFactors U x d
     * @param itemFactors I x d
     * @param trained the training interactions, U x I
     * @param known the interactions left out of lists, U x I: those of training and validation
     */
    record Tables(
            IdMap users,
            IdMap items,
            Matrix userFactors,
            Matrix itemFactors,
            Interactions trained,
            Interactions known) {}
}
