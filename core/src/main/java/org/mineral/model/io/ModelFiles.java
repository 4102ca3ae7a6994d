package org.mineral.model.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.data.DataFingerprint;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.rows.IdFile;
import org.mineral.files.WriteErrors;
import org.mineral.json.JsonValue;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.ModelStore;
import org.mineral.model.provenance.DataProvenance;
import org.mineral.model.provenance.Version;

/** Writes and reads model directories; the format is described in {@code docs/reference/model-format.md}. */
@Internal
public final class ModelFiles implements ModelStore {

    private static final String USERS_FILE = "users.tsv";
    private static final String ITEMS_FILE = "items.tsv";
    private static final String TENSORS_FILE = "factors.safetensors";

    /** All known interactions. */
    public static final String SEEN = "seen";

    /** The training interactions; not stored if they are all known ones. */
    public static final String TRAINED = "trained";

    public static final String OFFSETS = ".offsets";
    public static final String COLUMNS = ".items";

    @Override
    public List<String> kinds(Class<?> type) {
        return ModelFormats.kinds(type);
    }

    @Override
    public void save(Model model, Path directory) {
        ModelFormats.Writing format = ModelFormats.of(model);
        ModelInfo info = model.info().orElse(DataProvenance.NONE.withHash(fingerprint(model)));
        try {
            ModelDirectory.replace(directory, fresh -> write(model, format, info, fresh));
        } catch (IOException e) {
            throw WriteErrors.of(directory, e);
        }
    }

    /** The fingerprint of the model's data, without a test part, which the model does not have. */
    private static String fingerprint(Model model) {
        Interactions none =
                Interactions.empty(model.users().size(), model.items().size());
        return DataFingerprint.of(
                model.users(), model.items(), model.trained(), model.known().minus(model.trained()), none);
    }

    @Override
    public Model load(Path directory) {
        ModelHeader head = head(directory);
        try {
            return read(directory, head);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    @Override
    public ModelInfo info(Path directory) {
        return head(directory).info();
    }

    private static ModelHeader head(Path directory) {
        try {
            if (!Files.exists(directory)) {
                ModelDirectory.recover(directory);
            }
            if (!Files.isDirectory(directory)) {
                throw new InputException(
                        directory + " is no directory; a model is the directory that training wrote (-o).");
            }
            return ModelHeader.read(directory);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static InputException unreadable(Path directory, IOException e) {
        return new InputException("cannot read the model in " + directory + ": " + e + ".", e);
    }

    private static void write(Model model, ModelFormats.Writing format, ModelInfo info, Path directory)
            throws IOException {
        writeTensors(model, format.content(), directory);
        IdFile.write(directory.resolve(USERS_FILE), model.users());
        IdFile.write(directory.resolve(ITEMS_FILE), model.items());
        AttributeFile.write(directory, model.userAttributes(), model.itemAttributes());

        Map<String, ModelHeader.FileMark> marks = new LinkedHashMap<>();
        for (String name : ModelDirectory.FILES.subList(1, ModelDirectory.FILES.size())) {
            marks.put(name, ModelHeader.FileMark.of(directory.resolve(name)));
        }
        if (Files.exists(directory.resolve(AttributeFile.NAME))) {
            marks.put(AttributeFile.NAME, ModelHeader.FileMark.of(directory.resolve(AttributeFile.NAME)));
        }
        Map<String, Object> shape = shape(model);
        shape.putAll(format.shape());
        new ModelHeader(info, format.name(), marks, true).write(directory.resolve(ModelDirectory.HEAD), shape);
    }

    public static void writeTensors(Model model, ModelFormats.Writing.Content own, Path directory) throws IOException {
        SafetensorsWriter tensors = new SafetensorsWriter(Map.of("format", ModelHeader.FORMAT));
        boolean heldOut = holdsOut(model);
        tensors.addLongs(SEEN + OFFSETS, model.known().offsets());
        if (heldOut) {
            tensors.addLongs(TRAINED + OFFSETS, model.trained().offsets());
        }
        AttributeFile.addOffsets(AttributeFile.USERS, model.userAttributes(), tensors);
        AttributeFile.addOffsets(AttributeFile.ITEMS, model.itemAttributes(), tensors);
        own.addTo(tensors);
        AttributeFile.addValues(AttributeFile.USERS, model.userAttributes(), tensors);
        AttributeFile.addValues(AttributeFile.ITEMS, model.itemAttributes(), tensors);
        tensors.addInts(SEEN + COLUMNS, model.known().columns());
        if (heldOut) {
            tensors.addInts(TRAINED + COLUMNS, model.trained().columns());
        }
        tensors.write(directory.resolve(TENSORS_FILE));
    }

    /** Whether a model has known interactions that are not training interactions. */
    public static boolean holdsOut(Model model) {
        return model.trained().size() < model.known().size();
    }

    /** For people; readers use the tensors. */
    private static Map<String, Object> shape(Model model) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("users", model.users().size());
        shape.put("items", model.items().size());
        shape.put("interactions", model.trained().size());
        shape.put("heldOut", model.known().size() - model.trained().size());
        return shape;
    }

    static Model read(Path directory, ModelHeader head) throws IOException {
        ModelFormat<?> format = ModelFormats.named(head.layout());
        if (format == null) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s holds a model of the unknown kind '%s'; this Mineral (%s) knows %s.",
                    directory,
                    ModelHeader.printable(head.layout()),
                    Version.CURRENT,
                    String.join(", ", ModelFormats.names())));
        }
        return read(directory, head.info(), head.cleared(), AttributeFile.parse(directory, head), format::read);
    }

    /** Writes the files of a factor model without {@code model.json}. */
    public static FactorFormat.Tables readTables(Path directory) throws IOException {
        FactorModelFormat format = new FactorModelFormat();
        return read(directory, ModelInfo.of(format.name()), true, new JsonValue(null), format::tables);
    }

    private interface Reading<T> {
        T read(ModelFormat.Stored stored, SafetensorsReader tensors) throws IOException;
    }

    private static <T> T read(Path directory, ModelInfo info, boolean cleared, JsonValue attributes, Reading<T> reading)
            throws IOException {
        IdMap users = IdFile.read(directory.resolve(USERS_FILE));
        IdMap items = IdFile.read(directory.resolve(ITEMS_FILE));
        Path file = directory.resolve(TENSORS_FILE);
        try (SafetensorsReader tensors = new SafetensorsReader(file)) {
            Interactions known = interactions(SEEN, file, tensors, users.size(), items.size());
            Interactions trained = trained(known, file, tensors);
            return reading.read(
                    new ModelFormat.Stored(
                            file,
                            info,
                            cleared,
                            users,
                            items,
                            trained,
                            known,
                            AttributeFile.read(attributes, AttributeFile.USERS, users.size(), file, tensors),
                            AttributeFile.read(attributes, AttributeFile.ITEMS, items.size(), file, tensors)),
                    tensors);
        }
    }

    private static Interactions trained(Interactions known, Path file, SafetensorsReader tensors) throws IOException {
        return tensors.has(TRAINED + OFFSETS)
                ? interactions(TRAINED, file, tensors, known.users(), known.items())
                : known;
    }

    private static Interactions interactions(String name, Path file, SafetensorsReader tensors, int users, int items)
            throws IOException {
        return interactions(name, file, tensors.longs(name + OFFSETS), tensors.ints(name + COLUMNS), users, items);
    }

    /**
     * Builds interactions from arrays that may be damaged.
     *
     * @param name {@code seen} or {@code trained}
     */
    public static Interactions interactions(
            String name, Path file, int[] offsets, int[] columns, int users, int items) {
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
