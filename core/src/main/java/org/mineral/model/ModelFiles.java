package org.mineral.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.mineral.config.InputException;
import org.mineral.data.DataFingerprint;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.files.WriteErrors;
import org.mineral.linalg.Matrix;

/** From models to directories and back; the format is described in {@code docs/model-format.md}. */
final class ModelFiles {

    private static final String USERS = "users";
    private static final String ITEMS = "items";

    /** All known interactions. */
    static final String SEEN = "seen";

    /** Those of them that were trained on; left out where these are all. */
    static final String TRAINED = "trained";

    static final String OFFSETS = ".offsets";
    static final String COLUMNS = ".items";

    /** In the config of every model that Mineral trained by a loss. */
    private static final String LOSS = "loss";

    private ModelFiles() {}

    static void save(Model model, ModelInfo info, Path directory) {
        ModelInfo known = info.withFact("data_hash", fingerprint(model));
        try {
            ModelDirectory.replace(directory, fresh -> write(model, known, fresh));
        } catch (IOException e) {
            throw WriteErrors.of(directory, e);
        }
    }

    /** Of the data as far as the model has them: it knows of no test part. */
    private static String fingerprint(Model model) {
        Interactions none =
                Interactions.empty(model.users().size(), model.items().size());
        return DataFingerprint.of(
                model.users(), model.items(), model.trained(), model.known().minus(model.trained()), none);
    }

    static Model load(Path directory) {
        ModelHead head = head(directory);
        try {
            return read(directory, head);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    static ModelInfo info(Path directory) {
        return head(directory).info();
    }

    private static ModelHead head(Path directory) {
        try {
            if (!Files.exists(directory)) {
                ModelDirectory.recover(directory);
            }
            if (!Files.isDirectory(directory)) {
                throw new InputException(
                        directory + " is no directory; a model is the directory that training wrote (-o).");
            }
            return ModelHead.read(directory);
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
        new ModelHead(info, marks, true).write(directory.resolve(ModelDirectory.HEAD), shape(model));
    }

    static void writeTensors(Model model, Path directory) throws IOException {
        TensorWriter tensors = new TensorWriter(Map.of("format", ModelHead.FORMAT));
        boolean heldOut = holdsOut(model);
        tensors.addLongs(SEEN + OFFSETS, model.known().offsets());
        if (heldOut) {
            tensors.addLongs(TRAINED + OFFSETS, model.trained().offsets());
        }
        if (model instanceof FactorModel factors) {
            tensors.add(USERS, factors.userFactors()).add(ITEMS, factors.itemFactors());
        }
        tensors.addInts(SEEN + COLUMNS, model.known().columns());
        if (heldOut) {
            tensors.addInts(TRAINED + COLUMNS, model.trained().columns());
        }
        tensors.write(directory.resolve("factors.safetensors"));
    }

    /** Whether a model knows more than it was trained on. */
    static boolean holdsOut(Model model) {
        return model.trained().size() < model.known().size();
    }

    /** For people; a reader goes by the tensors themselves. */
    private static Map<String, Object> shape(Model model) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("users", model.users().size());
        shape.put("items", model.items().size());
        shape.put("interactions", model.trained().size());
        shape.put("heldOut", model.known().size() - model.trained().size());
        if (model instanceof FactorModel factors) {
            shape.put("dimension", factors.dimension());
        }
        return shape;
    }

    private static Model read(Path directory, ModelHead head) throws IOException {
        ModelInfo info = head.info();
        switch (info.model()) {
            case FactorModel.NAME:
                return factors(readTables(directory), info, head.cleared());
            case PopularityModel.NAME:
                IdMap users = IdFile.read(directory.resolve("users.tsv"));
                IdMap items = IdFile.read(directory.resolve("items.tsv"));
                Path file = directory.resolve("factors.safetensors");
                try (TensorReader tensors = new TensorReader(file)) {
                    Interactions known = interactions(SEEN, file, tensors, users.size(), items.size());
                    Interactions trained = trained(known, file, tensors);
                    return new PopularityModel(users, items, trained, known, info);
                }
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

    /** The files of a factor model but for its {@code model.json}. */
    static FactorFormat.Tables readTables(Path directory) throws IOException {
        IdMap users = IdFile.read(directory.resolve("users.tsv"));
        IdMap items = IdFile.read(directory.resolve("items.tsv"));
        Path file = directory.resolve("factors.safetensors");
        try (TensorReader tensors = new TensorReader(file)) {
            Interactions known = interactions(SEEN, file, tensors, users.size(), items.size());
            Interactions trained = trained(known, file, tensors);
            return new FactorFormat.Tables(users, items, tensors.matrix(USERS), tensors.matrix(ITEMS), trained, known);
        }
    }

    /**
     * A factor model from its files.
     *
     * @param cleared whether rows that nothing was learnt of are zeros already. Otherwise they become so in a model that was trained
     *     by a loss, which learns nothing of users and items without interactions
     */
    static FactorModel factors(FactorFormat.Tables tables, ModelInfo info, boolean cleared) {
        Interactions trained = tables.trained();
        boolean shaped = tables.userFactors().rows() == trained.users()
                && tables.itemFactors().rows() == trained.items();
        if (!cleared && info.config().containsKey(LOSS) && trained.size() > 0 && shaped) {
            Population population = Population.of(trained, tables.known());
            clear(tables.userFactors(), population::hasUser);
            clear(tables.itemFactors(), population::hasItem);
        }
        return new FactorModel(
                tables.userFactors(),
                tables.itemFactors(),
                tables.users(),
                tables.items(),
                trained,
                tables.known(),
                info);
    }

    private static void clear(Matrix rows, IntPredicate kept) {
        float[] zeros = new float[rows.columns()];
        for (int row = 0; row < rows.rows(); row++) {
            if (!kept.test(row)) {
                rows.setRow(row, zeros);
            }
        }
    }

    private static Interactions trained(Interactions known, Path file, TensorReader tensors) throws IOException {
        return tensors.has(TRAINED + OFFSETS)
                ? interactions(TRAINED, file, tensors, known.users(), known.items())
                : known;
    }

    private static Interactions interactions(String name, Path file, TensorReader tensors, int users, int items)
            throws IOException {
        return interactions(name, file, tensors.longs(name + OFFSETS), tensors.ints(name + COLUMNS), users, items);
    }

    /**
     * Interactions from arrays that may be damaged.
     *
     * @param name {@code seen} or {@code trained}
     */
    static Interactions interactions(String name, Path file, int[] offsets, int[] columns, int users, int items) {
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
                        file + ": " + name + OFFSETS + " points behind the interactions; it is damaged.");
            }
        }
        try {
            return new Interactions(items, offsets, columns);
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + name + " interactions: " + e.getMessage() + "; it is damaged.", e);
        }
    }
}
