package org.mineral.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.WriteFailure;
import org.mineral.linalg.Matrix;

/** From models to directories and back; the format is described in {@code docs/model-format.md}. */
final class ModelFiles {

    private static final String USERS = "users";
    private static final String ITEMS = "items";
    private static final String SEEN_OFFSETS = "seen.offsets";
    private static final String SEEN_ITEMS = "seen.items";

    private ModelFiles() {}

    static void save(Model model, ModelInfo info, Path directory) {
        ModelInfo known = info.withFact("data_hash", Fingerprint.of(model.users(), model.items(), model.seen()));
        try {
            ModelDirectory.replace(directory, fresh -> write(model, known, fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(WriteFailure.of(directory, e));
        }
    }

    static Model load(Path directory) {
        ModelInfo info = info(directory);
        try {
            return read(directory, info);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    static ModelInfo info(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new InputException(
                    directory + " is no directory; a model is the directory that training wrote (-o).");
        }
        try {
            return ModelHead.read(directory).info();
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static InputException unreadable(Path directory, IOException e) {
        return new InputException("cannot read the model in " + directory + ": " + e + ".", e);
    }

    private static void write(Model model, ModelInfo info, Path directory) throws IOException {
        writeTensors(model, directory);
        IdFile.write(directory.resolve("users.tsv"), model.users());
        IdFile.write(directory.resolve("items.tsv"), model.items());

        Map<String, ModelHead.FileMark> marks = new LinkedHashMap<>();
        for (String name : ModelDirectory.FILES.subList(1, ModelDirectory.FILES.size())) {
            marks.put(name, ModelHead.FileMark.of(directory.resolve(name)));
        }
        new ModelHead(info, marks).write(directory.resolve(ModelDirectory.HEAD), shape(model));
    }

    static void writeTensors(Model model, Path directory) throws IOException {
        TensorWriter tensors = new TensorWriter(Map.of("format", ModelHead.FORMAT));
        tensors.addLongs(SEEN_OFFSETS, model.seen().offsets());
        if (model instanceof FactorModel factors) {
            tensors.add(USERS, factors.userFactors()).add(ITEMS, factors.itemFactors());
        }
        tensors.addInts(SEEN_ITEMS, model.seen().columns());
        tensors.write(directory.resolve("factors.safetensors"));
    }

    /** For people; a reader goes by the tensors themselves. */
    private static Map<String, Object> shape(Model model) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("users", model.users().size());
        shape.put("items", model.items().size());
        shape.put("interactions", model.seen().size());
        if (model instanceof FactorModel factors) {
            shape.put("dimension", factors.dimension());
        }
        return shape;
    }

    private static Model read(Path directory, ModelInfo info) throws IOException {
        IdMap users = IdFile.read(directory.resolve("users.tsv"));
        IdMap items = IdFile.read(directory.resolve("items.tsv"));
        Path file = directory.resolve("factors.safetensors");
        try (TensorReader tensors = new TensorReader(file)) {
            Interactions seen = seen(file, tensors, users.size(), items.size());
            switch (info.model()) {
                case FactorModel.NAME:
                    Matrix userFactors = tensors.matrix(USERS);
                    return new FactorModel(userFactors, tensors.matrix(ITEMS), users, items, seen, info);
                case PopularityModel.NAME:
                    return new PopularityModel(users, items, seen, info);
                default:
                    throw new InputException(String.format(
                            Locale.ROOT,
                            "%s holds a model of the unknown kind '%s'; this Mineral (%s) knows %s, %s.",
                            directory,
                            info.model(),
                            Version.CURRENT,
                            FactorModel.NAME,
                            PopularityModel.NAME));
            }
        }
    }

    /** The files of a factor model but for its {@code model.json}. */
    static FactorFormat.Tables readTables(Path directory) throws IOException {
        IdMap users = IdFile.read(directory.resolve("users.tsv"));
        IdMap items = IdFile.read(directory.resolve("items.tsv"));
        Path file = directory.resolve("factors.safetensors");
        try (TensorReader tensors = new TensorReader(file)) {
            Interactions seen = seen(file, tensors, users.size(), items.size());
            return new FactorFormat.Tables(users, items, tensors.matrix(USERS), tensors.matrix(ITEMS), seen);
        }
    }

    private static Interactions seen(Path file, TensorReader tensors, int users, int items) throws IOException {
        return seen(file, tensors.longs(SEEN_OFFSETS), tensors.ints(SEEN_ITEMS), users, items);
    }

    /** Interactions from arrays that may be damaged. */
    static Interactions seen(Path file, int[] offsets, int[] columns, int users, int items) {
        if (offsets.length != users + 1) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s has %,d interaction rows, but users.tsv has %,d ids; copy the model again.",
                    file,
                    offsets.length - 1,
                    users));
        }
        for (int offset : offsets) {
            if (offset < 0 || offset > columns.length) {
                throw new InputException(
                        file + ": " + SEEN_OFFSETS + " points behind the interactions; it is damaged.");
            }
        }
        try {
            return new Interactions(items, offsets, columns);
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": seen interactions: " + e.getMessage() + "; it is damaged.", e);
        }
    }
}
