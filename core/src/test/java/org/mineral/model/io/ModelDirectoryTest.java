package org.mineral.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.rows.IdFile;
import org.mineral.json.Json;
import org.mineral.json.JsonValue;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.PopularityModel;
import org.mineral.model.TestModels;

class ModelDirectoryTest {

    @TempDir
    Path temp;

    @Test
    void savedAndLoadedModelIsTheSameToTheBit() {
        Random random = new Random(4);
        FactorModel model = TestModels.model(
                TestModels.gaussian(50, 17, random),
                TestModels.gaussian(70, 17, random),
                TestModels.interactions(50, 70, 0.1, random));
        model.save(temp.resolve("m"));
        FactorModel loaded = FactorModel.load(temp.resolve("m"));
        assertThat(loaded.userFactors().values()).isEqualTo(model.userFactors().values());
        assertThat(loaded.itemFactors().values()).isEqualTo(model.itemFactors().values());
        assertThat(loaded.known().columns()).isEqualTo(model.known().columns());
        assertThat(loaded.known().offsets()).isEqualTo(model.known().offsets());
        assertThat(loaded.users().ids()).isEqualTo(model.users().ids());
        assertThat(loaded.info().config()).isEqualTo(model.info().config());
        assertThat(loaded.info().provenance().facts())
                .containsEntry("seed", 42L)
                .containsKey("data_hash");
        assertThat(loaded.recommend("7", 70)).isEqualTo(model.recommend("7", 70));
    }

    @Test
    void committedModelOfVersionOneStaysReadable() throws Exception {
        FactorModel golden = FactorModel.load(golden());
        assertThat(golden.users().ids()).isEqualTo(TestModels.tiny().users().ids());
        assertThat(golden.items().ids()).isEqualTo(TestModels.tiny().items().ids());
        assertThat(golden.recommend("alice", 2))
                .containsExactly(new Model.Recommendation("tea", 0.75), new Model.Recommendation("\uD83C\uDF75", 0.75));
        assertThat(golden.recommend("Bj\u00f6rn\tO\\K", 5))
                .containsExactly(
                        new Model.Recommendation("line\nfeed", 2), new Model.Recommendation("\uD83C\uDF75", -1));
        assertThat(golden.info().config()).containsEntry("loss", "mine+");
    }

    @Test
    void anyChangedByteOfASavedModelIsNoticed() throws Exception {
        Path place = temp.resolve("m");
        TestModels.tiny().save(place);
        for (String name : ModelDirectory.FILES.subList(1, ModelDirectory.FILES.size())) {
            byte[] whole = Files.readAllBytes(place.resolve(name));
            for (int k = 0; k < whole.length; k++) {
                whole[k] ^= 1;
                Files.write(place.resolve(name), whole);
                whole[k] ^= 1;
                assertThatThrownBy(() -> Models.load(place))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining(name + " does not match its checksum");
            }
            Files.write(place.resolve(name), whole);
        }
        assertThat(Models.load(place).users().size()).isEqualTo(3);
    }

    /** Reads the format as its public description says, with none of the code under test. */
    @Test
    void factorsAreSafetensorsLittleEndianAndUnpadded() throws Exception {
        TestModels.tiny().save(temp.resolve("m"));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(temp.resolve("m/factors.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(bytes.getLong(0));
        JsonValue header = Json.parse(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
        assertThat(header.get("users").get("dtype").text("")).isEqualTo("F32");
        assertThat(header.get("users").get("shape").value()).isEqualTo(List.of(3, 2));
        assertThat(header.get("items").get("shape").value()).isEqualTo(List.of(4, 2));
        assertThat(header.get("seen.offsets").get("dtype").text("")).isEqualTo("I64");
        assertThat(header.get("seen.items").get("dtype").text("")).isEqualTo("I32");
        assertThat(length % 8).isZero();

        int users = 8 + length + offset(header, "users", 0);
        float[] expected = {1, 0, 0, 1, 0.5f, -0.25f};
        for (int k = 0; k < expected.length; k++) {
            assertThat(bytes.getFloat(users + 4 * k)).isEqualTo(expected[k]);
        }
        int offsets = 8 + length + offset(header, "seen.offsets", 0);
        assertThat(new long[] {bytes.getLong(offsets), bytes.getLong(offsets + 8), bytes.getLong(offsets + 16)})
                .containsExactly(0, 1, 3);
        int items = 8 + length + offset(header, "seen.items", 0);
        assertThat(bytes.getInt(items + 4)).isZero();
        assertThat(bytes.getInt(items + 8)).isEqualTo(3);
        assertThat(offset(header, "seen.items", 1)).isEqualTo(bytes.capacity() - 8 - length);
    }

    private static int offset(JsonValue header, String tensor, int k) {
        return (int) header.get(tensor).get("data_offsets").elements().get(k).whole(-1);
    }

    @Test
    void interruptedWriteLeavesTheOldModelAndNothingElse() throws Exception {
        Path place = temp.resolve("m");
        TestModels.tiny().save(place);
        assertThatThrownBy(() -> ModelDirectory.replace(place, fresh -> {
                    Files.writeString(fresh.resolve("users.tsv"), "half");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(FactorModel.load(place).recommend("alice", 1)).hasSize(1);
        assertThat(entries(temp)).containsExactly("m");
    }

    @Test
    void newModelReplacesTheOldOneAndKeepsForeignFilesBesideIt() throws Exception {
        Path place = temp.resolve("m");
        TestModels.tiny().save(place);
        Files.writeString(place.resolve("notes.txt"), "mine");
        FactorModel tiny = TestModels.tiny();
        new PopularityModel(tiny.users(), tiny.items(), tiny.known()).save(place);
        assertThat(Models.load(place)).isInstanceOf(PopularityModel.class);
        assertThat(Models.load(place).recommend("alice", 9)).hasSize(3);
        assertThat(place.resolve("notes.txt")).hasContent("mine");
        assertThat(entries(temp)).containsExactly("m");
        assertThatThrownBy(() -> FactorModel.load(place))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("popularity");
    }

    @Test
    void aDirectoryThatIsNotAModelIsNeverReplaced() throws Exception {
        Path photos = Files.createDirectory(temp.resolve("photos"));
        Files.writeString(photos.resolve("a.jpg"), "x");
        assertThatThrownBy(() -> TestModels.tiny().save(photos))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no Mineral model");
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertThatThrownBy(() -> TestModels.tiny().save(file)).isInstanceOf(InputException.class);
        assertThat(photos.resolve("a.jpg")).hasContent("x");
        TestModels.tiny().save(Files.createDirectories(temp.resolve("empty")));
        TestModels.tiny().save(temp.resolve("deep/er/m"));
    }

    @Tag("slow")
    @Test
    void everyTruncationAndFlippedByteIsAnInputError() throws Exception {
        for (String name : ModelDirectory.FILES) {
            byte[] whole = Files.readAllBytes(golden().resolve(name));
            for (int part = 0; part < 16; part++) {
                refuses(name, Arrays.copyOf(whole, whole.length * part / 16), false);
            }
            for (int at = 0; at < whole.length; at++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << at % 8);
                if (at % 9 == 0) {
                    refuses(name, flipped, false);
                }
                // A forged checksum must not open the door.
                refuses(name, flipped, true);
            }
        }
    }

    @Test
    void newerFormatsAndUnknownKindsAreRefusedByName() throws Exception {
        Path place = temp.resolve("m");
        TestModels.tiny().save(place);
        Path head = place.resolve("model.json");
        String json = Files.readString(head);
        Files.writeString(head, json.replaceAll("\"version\" ?: ?1", "\"version\": 2"));
        assertThatThrownBy(() -> Models.load(place))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("format version 2");
        Files.writeString(head, json.replaceAll("\"layout\" ?: ?\"mf\"", "\"layout\": \"oracle\\\\u0007\""));
        assertThatThrownBy(() -> Models.load(place))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'oracle?'")
                .hasMessageContaining("mf, popularity, item-similarity");
        Files.writeString(head, json.replaceAll("\"model\" ?: ?\"mf\"", "\"model\": \"\\\\u001b[2J\""));
        assertThatThrownBy(() -> Models.load(place))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'?[2J'");
        Files.writeString(head, json.replaceAll("\"model\" ?: ?\"mf\"", "\"model\": \"ials\""));
        assertThat(Models.load(place).name()).isEqualTo("ials");
        assertThatThrownBy(() -> Models.load(temp.resolve("nowhere")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void shapesThatClaimMoreThanTheFileHoldsAreRefusedBeforeAnythingIsAllocated() throws Exception {
        Path file = temp.resolve("t");
        for (String shape : new String[] {"2147483639,2147483639", "1000000,1000", "9223372036854775807,1", "0,0"}) {
            byte[] header = ("{\"users\":{\"dtype\":\"F32\",\"shape\":[" + shape + "],\"data_offsets\":[0,8]}}")
                    .getBytes(StandardCharsets.UTF_8);
            Files.write(
                    file,
                    ByteBuffer.allocate(16 + header.length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(header.length)
                            .put(header)
                            .array());
            try (SafetensorsReader reader = new SafetensorsReader(file)) {
                assertThatThrownBy(() -> reader.matrix("users")).isInstanceOf(InputException.class);
            }
        }
        Files.write(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, 127, 0, 0});
        assertThatThrownBy(() -> new SafetensorsReader(file)).isInstanceOf(InputException.class);
    }

    /** Loads the golden model with one file changed: an InputException, or (forged) perhaps a model, but nothing else. */
    private void refuses(String name, byte[] content, boolean forge) throws Exception {
        Path place = Files.createDirectories(temp.resolve("damaged"));
        for (String each : ModelDirectory.FILES) {
            Files.write(place.resolve(each), each.equals(name) ? content : Files.readAllBytes(golden().resolve(each)));
        }
        if (forge && !name.equals("model.json")) {
            String mark = ModelHeader.FileMark.of(golden().resolve(name)).sha256();
            Path head = place.resolve("model.json");
            Files.writeString(
                    head,
                    Files.readString(head)
                            .replace(
                                    mark,
                                    HexFormat.of()
                                            .formatHex(MessageDigest.getInstance("SHA-256")
                                                    .digest(content))));
        }
        try {
            Model model = Models.load(place);
            // Nothing vouches for the head itself: a changed setting is a valid one.
            assertThat(forge || name.equals("model.json")).isTrue();
            assertThat(model.items().size()).isEqualTo(4);
        } catch (InputException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Test
    void idsOfAnyContentSurviveAndDuplicatesDoNot() throws Exception {
        Path file = temp.resolve("ids");
        IdMap ids = TestModels.tiny().items();
        IdFile.write(file, ids);
        assertThat(IdFile.read(file).ids()).isEqualTo(ids.ids());
        Files.writeString(file, "a\nb\na\n");
        assertThatThrownBy(() -> IdFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ids:3");
        Files.writeString(file, "a\\x\n");
        assertThatThrownBy(() -> IdFile.read(file)).isInstanceOf(InputException.class);
    }

    private static Path golden() {
        return Path.of("src/test/resources/models/v1-mf");
    }

    private static Stream<String> entries(Path directory) throws IOException {
        return Files.list(directory).map(p -> p.getFileName().toString());
    }
}
