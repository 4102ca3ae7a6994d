package org.mineral.model.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.files.AtomicDirectory;
import org.mineral.files.WriteErrors;
import org.mineral.json.JsonValue;
import org.mineral.linalg.Matrix;
import org.mineral.model.Capabilities;
import org.mineral.model.FactorModel;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.VectorModel;
import org.mineral.model.io.FactorFormat;
import org.mineral.model.io.FactorModelFormat;
import org.mineral.model.io.ModelHeader;
import org.mineral.model.provenance.Version;

/**
 * Exports a model for other tools: factors or item weights, and ids, in common formats, and {@code export.json} with the model's settings. A
 * model of factors can be rebuilt, also after another tool has changed them. Therefore there are no checksums; shapes and values are checked.
 */
public final class ModelExport {

    static final String FORMAT = "mineral-export";
    private static final String HEAD = "export.json";
    private static final String FACTORS = "factors";
    private static final String WEIGHTS = "item weights";

    private ModelExport() {}

    /**
     * Writes a new directory atomically: vectors of a model that has them, otherwise item-to-item weights. The weights are for other tools only:
     * {@link #read} refuses them.
     *
     * @throws InputException if the path exists already, or the model has neither
     */
    public static Written write(Model model, FactorFormat format, Path directory) {
        Optional<VectorModel> vectors = model.as(VectorModel.class);
        if (vectors.isPresent()) {
            write(model, FACTORS, format, to -> format.write(vectors.get(), to), directory);
            return new Written(vectors.get().dimension(), 0);
        } else if (model instanceof ItemSimilarityModel weights) {
            write(model, WEIGHTS, format, to -> format.write(weights, to), directory);
            return new Written(0, weights.weights().size());
        } else {
            throw new InputException(Capabilities.lack(model, VectorModel.class)
                    + " Models of item weights, such as ease and item-knn, can be exported as well.");
        }
    }

    /**
     * What an export holds.
     *
     * @param dimension of the vectors, 0 if there are none
     * @param weights number of item-to-item weights, 0 if there are vectors
     */
    public record Written(int dimension, int weights) {}

    private interface Content {
        void write(Path directory) throws IOException;
    }

    private static void write(Model model, String holds, FactorFormat format, Content content, Path directory) {
        try (AtomicDirectory target = AtomicDirectory.create(directory)) {
            content.write(target.path());
            Map<String, Object> files = new LinkedHashMap<>();
            files.put("files", format.name());
            files.put("holds", holds);
            ModelHeader.write(target.path().resolve(HEAD), FORMAT, model.info(), files);
            target.commit();
        } catch (IOException e) {
            throw WriteErrors.of(directory, e);
        }
    }

    /**
     * Reads an export in any of the formats.
     *
     * @throws InputException if the directory holds no export, or a damaged one
     */
    public static FactorModel read(Path directory, List<FactorFormat> formats) {
        Path head = directory.resolve(HEAD);
        if (!Files.isRegularFile(head)) {
            throw new InputException(
                    directory + " holds no " + HEAD + ".",
                    Hint.of("for an export, which is a directory", Hint.Action.EXPORT_MODEL),
                    Hint.of("for data", Hint.Action.IMPORT_DATA));
        }
        try {
            JsonValue json = ModelHeader.parse(head);
            ModelHeader.checkVersion(head, json, FORMAT);
            String name = json.get("files").text("");
            Map<String, FactorFormat> known = ExportFormats.byName(formats);
            if (!known.containsKey(name)) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s has files of the format '%s'; this Mineral (%s) knows %s.",
                        head,
                        ModelHeader.printable(name),
                        Version.CURRENT,
                        String.join(", ", known.keySet())));
            }
            String holds = json.get("holds").text(FACTORS);
            if (!holds.equals(FACTORS)) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s holds %s, for other tools; a model can be made of factors. The directory of the model itself can be"
                                + " copied as it is.",
                        directory,
                        ModelHeader.printable(holds)));
            }
            FactorFormat.Tables tables = known.get(name).read(directory);
            checkRows(directory, "users", tables.userFactors(), tables.users().size());
            checkRows(directory, "items", tables.itemFactors(), tables.items().size());
            return model(directory, tables, ModelHeader.info(head, json), ModelHeader.cleared(json));
        } catch (NoSuchFileException e) {
            throw new InputException(directory + " lacks the file " + e.getMessage() + "; export the model again.", e);
        } catch (IOException e) {
            throw new InputException("cannot read the export in " + directory + ": " + e + ".", e);
        }
    }

    private static FactorModel model(Path directory, FactorFormat.Tables tables, ModelInfo info, boolean cleared) {
        try {
            return FactorModelFormat.model(tables, info, cleared);
        } catch (InputException e) {
            throw new InputException(directory + ": " + e.getMessage(), e);
        }
    }

    private static void checkRows(Path directory, String what, Matrix factors, int ids) {
        if (factors.rows() != ids) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s: found %,d rows of factors and %,d ids of %s; they must be as many.",
                    directory,
                    factors.rows(),
                    ids,
                    what));
        }
    }
}
