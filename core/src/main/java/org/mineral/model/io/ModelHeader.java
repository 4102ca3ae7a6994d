package org.mineral.model.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.json.Json;
import org.mineral.json.JsonException;
import org.mineral.json.JsonValue;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.provenance.Version;

/**
 * {@code model.json}: the model's info, and size and checksums of the other files.
 *
 * @param layout the name of the {@link org.mineral.model.io.ModelFormat} of its tensors
 * @param cleared whether users and items that nothing was learnt about have rows of zeros; models of older versions have start vectors there
 */
@Internal
public record ModelHeader(ModelInfo info, String layout, Map<String, FileMark> files, boolean cleared) {

    static final String FORMAT = "mineral-model";
    static final int VERSION = 1;

    /** The value for rows of zeros where nothing was learnt. */
    private static final String UNLEARNT = "unlearnt";

    private static final String ZEROS = "zeros";

    /** Missing in models of older versions, whose layout is the model's name. */
    private static final String LAYOUT = "layout";

    private static final long LONGEST = 16L << 20;

    /** Allowed names of kinds of models; they are printed. */
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _.+-]{0,63}");

    /**
     * Size and checksums of one file.
     *
     * @param crc32 checked when loading: it is fast from the first byte on, while SHA-256 takes most of a second in a JVM that has just
     *     started. Null in models of older versions, whose SHA-256 is checked
     */
    record FileMark(long bytes, String sha256, @Nullable String crc32) {

        static FileMark of(Path file) throws IOException {
            MessageDigest digest = newDigest();
            CRC32 crc = new CRC32();
            long bytes = scan(file, (buffer, n) -> {
                digest.update(buffer, 0, n);
                crc.update(buffer, 0, n);
            });
            return new FileMark(bytes, HexFormat.of().formatHex(digest.digest()), hex(crc));
        }

        private static MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        /** Whether the file matches size and checksum. */
        boolean matches(Path file) throws IOException {
            if (crc32 == null) {
                return of(file).sha256.equals(sha256);
            }
            CRC32 crc = new CRC32();
            scan(file, (buffer, n) -> crc.update(buffer, 0, n));
            return hex(crc).equals(crc32);
        }

        private static String hex(CRC32 crc) {
            return HexFormat.of().toHexDigits((int) crc.getValue());
        }

        private interface Chunk {
            void add(byte[] buffer, int n);
        }

        private static long scan(Path file, Chunk to) throws IOException {
            byte[] buffer = new byte[1 << 18];
            long bytes = 0;
            try (InputStream in = Files.newInputStream(file)) {
                for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                    to.add(buffer, n);
                    bytes += n;
                }
            }
            return bytes;
        }
    }

    /** Whether a file looks like the header of a model, of any version. */
    static boolean isHead(Path file) {
        try {
            return parse(file).get("format").text("").equals(FORMAT);
        } catch (IOException | InputException e) {
            return false;
        }
    }

    public void write(Path file, Map<String, Object> shape) throws IOException {
        Map<String, Object> further = new LinkedHashMap<>();
        further.put(LAYOUT, layout);
        further.put("shape", shape);
        further.put("files", files);
        write(file, FORMAT, info, further);
    }

    /** @param further additional entries of the format */
    public static void write(Path file, String format, ModelInfo info, Map<String, Object> further) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", format);
        json.put("version", VERSION);
        json.put("model", info.model());
        json.put("config", info.config());
        json.put("provenance", info.provenance().facts());
        json.put(UNLEARNT, ZEROS);
        json.putAll(further);
        Files.writeString(file, Json.pretty(json) + "\n");
    }

    /** @throws InputException if the file is not a header, is of a newer format, or the other files do not match their checksums */
    static ModelHeader read(Path directory) throws IOException {
        ModelHeader head = unchecked(directory);
        head.checkFiles(directory);
        return head;
    }

    /** Reads the header without checking the other files. */
    static ModelHeader unchecked(Path directory) throws IOException {
        Path file = directory.resolve(ModelDirectory.HEAD);
        JsonValue json = parse(file);
        checkVersion(file, json, FORMAT);
        Map<String, FileMark> marks = new LinkedHashMap<>();
        for (String name : ModelDirectory.FILES.subList(1, ModelDirectory.FILES.size())) {
            marks.put(name, mark(json.get("files").get(name)));
        }
        JsonValue attributes = json.get("files").get(AttributeFile.NAME);
        if (attributes.isObject()) {
            marks.put(AttributeFile.NAME, mark(attributes));
        }
        ModelInfo info = info(file, json);
        return new ModelHeader(info, json.get(LAYOUT).text(info.model()), marks, cleared(json));
    }

    private static FileMark mark(JsonValue json) {
        return new FileMark(
                json.get("bytes").whole(-1),
                json.get("sha256").text(""),
                json.get("crc32").value() instanceof String crc32 ? crc32 : null);
    }

    public static boolean cleared(JsonValue json) {
        return json.get(UNLEARNT).text("").equals(ZEROS);
    }

    /** @throws InputException if this is another format, or a newer version of it */
    public static void checkVersion(Path file, JsonValue json, String format) {
        if (!json.get("format").text("").equals(format)) {
            throw new InputException(file + " does not say \"format\": \"" + format + "\"; it is no "
                    + format.replace("mineral-", "Mineral ") + ".");
        }
        long version = json.get("version").whole(0);
        if (version < 1) {
            throw new InputException(file + " has no format version; it is damaged.");
        } else if (version > VERSION) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s has format version %d; this Mineral (%s) reads up to %d. Use a newer Mineral.",
                    file,
                    version,
                    Version.CURRENT,
                    VERSION));
        }
    }

    private void checkFiles(Path directory) throws IOException {
        for (Map.Entry<String, FileMark> entry : files.entrySet()) {
            Path file = directory.resolve(entry.getKey());
            if (!Files.isRegularFile(file)) {
                throw new InputException(directory + " lacks the file " + entry.getKey() + "; copy the model again.");
            }
            long expected = entry.getValue().bytes;
            if (Files.size(file) != expected) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s has %,d bytes; model.json says %,d. It was damaged or changed; copy the model again.",
                        file,
                        Files.size(file),
                        expected));
            }
            if (!entry.getValue().matches(file)) {
                throw new InputException(
                        file
                                + " does not match its checksum in model.json. It was damaged or changed; copy the model again.");
            }
        }
    }

    @SuppressWarnings("unchecked")
    public static ModelInfo info(Path file, JsonValue json) {
        Map<String, String> config = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> entry : json.get("config").entries().entrySet()) {
            Object value = entry.getValue().value();
            if (value == null || value instanceof Map || value instanceof List) {
                throw new InputException(
                        file + " has no value for the setting '" + printable(entry.getKey()) + "'; it is damaged.");
            }
            config.put(entry.getKey(), value.toString());
        }
        Object facts = json.get("provenance").value();
        String model = json.get("model").text("");
        if (!MODEL.matcher(model).matches()) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s has the kind of model '%s'; allowed: up to 64 letters, digits and signs such as - and +. It is damaged.",
                    file,
                    printable(model.length() <= 64 ? model : model.substring(0, 64) + "...")));
        }
        return new ModelInfo(
                model,
                config,
                facts instanceof Map<?, ?> provenance
                        ? Provenance.of((Map<String, Object>) provenance)
                        : Provenance.NONE);
    }

    /** Makes a text from a file safe to print. */
    public static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    public static JsonValue parse(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    file.getParent() + " is no model directory: it has no " + file.getFileName() + ".");
        }
        if (Files.size(file) > LONGEST) {
            throw new InputException(String.format(
                    Locale.ROOT, "%s has %,d bytes; at most %,d are read.", file, Files.size(file), LONGEST));
        }
        try {
            return Json.parse(Files.readAllBytes(file));
        } catch (JsonException e) {
            throw new InputException(
                    file + " is not JSON: " + e.getMessage() + ". It was damaged or written by something else.", e);
        }
    }
}
