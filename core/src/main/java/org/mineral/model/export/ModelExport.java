package org.mineral.model.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.files.AtomicDirectory;
import org.mineral.files.WriteErrors;
import org.mineral.json.JsonValue;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;
import org.mineral.model.VectorModel;
import org.mineral.model.io.FactorFormat;
import org.mineral.model.io.FactorModelFormat;
import org.mineral.model.io.ModelHeader;
import org.mineral.model.provenance.Version;

/**
 * Exports a factor model for other tools: factors and ids in common formats, and {@code export.json} with the model's settings, so that the
 * model can be rebuilt, also after another tool has changed its factors. Therefore there are no checksums; shapes and values are checked.
 */
public final class ModelExport {

    static final String FORMAT = "mineral-export";
    private static final String HEAD = "export.json";

    private ModelExport() {}

    /**
     * Writes a new directory atomically.
     *
     * @throws InputException if the path exists already
     */
    public static void write(VectorModel model, FactorFormat format, Path directory) {
        try (AtomicDirectory target = AtomicDirectory.create(directory)) {
            format.write(model, target.path());
            Map<String, Object> files = new LinkedHashMap<>();
            files.put("files", format.name());
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
