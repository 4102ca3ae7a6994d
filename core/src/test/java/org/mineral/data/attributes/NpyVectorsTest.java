package org.mineral.data.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;

/** Side files of vectors: {@code numpy.save("v.npy", a)} with the ids in {@code v.tsv}. */
class NpyVectorsTest {

    @TempDir
    Path directory;

    /** A file as NumPy writes it, of version 1. */
    private Path npy(String type, String order, String shape, double... values) throws IOException {
        String dictionary = "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': (" + shape + "), }";
        int length = (10 + dictionary.length() + 1 + 63) / 64 * 64 - 10;
        ByteBuffer bytes = ByteBuffer.allocate(10 + length + 8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
        bytes.put((byte) 0).putShort((short) length);
        String header = dictionary + " ".repeat(length - 1 - dictionary.length()) + "\n";
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        for (double value : values) {
            if (type.endsWith("8")) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat((float) value);
            }
        }
        Path file = directory.resolve("v.npy");
        Files.write(file, Arrays.copyOf(bytes.array(), bytes.position()));
        return file;
    }

    private void ids(String text) throws IOException {
        Files.writeString(directory.resolve("v.tsv"), text);
    }

    private static FileAttributes read(Path file) throws IOException {
        return FileAttributes.ofItems(file, IdMap.numbered(0), AttributeOptions.DEFAULTS);
    }

    /** Scaled to a mean square length of 1: here by 1 / sqrt((1 + 4 + 9 + 16 + 0.25 + 0.25) / 3). */
    @ParameterizedTest
    @CsvSource({"<f4", "<f8"})
    void rowsAreVectors(String type) throws IOException {
        ids("a\nb\nc\n");
        FileAttributes read = read(npy(type, "False", "3, 2", 1, 2, 3, 4, 0.5, -0.5));
        assertThat(read.ids().ids()).containsExactly("a", "b", "c");
        assertThat(read.columns()).singleElement().isEqualTo(new AttributeColumn("v", AttributeRole.VECTOR, 2, 3, 0));
        double scale = 1 / Math.sqrt(30.5 / 3);
        Attributes made = read.of(IdMap.of(List.of("c", "z", "b")));
        assertThat(made.names().ids()).containsExactly("v=0", "v=1");
        assertThat(made.x().get(0, 1)).isCloseTo((float) (-0.5 * scale), within(1e-6f));
        assertThat(made.has(1)).isFalse();
        assertThat(made.x().get(2, 0)).isCloseTo((float) (3 * scale), within(1e-6f));
    }

    @Test
    void rowsThatComeLaterAreScaledAlike() throws IOException {
        ids("a\nb\nc\n");
        FileAttributes read = read(npy("<f4", "False", "3, 2", 1, 2, 3, 4, 0.5, -0.5));
        ids("new\n");
        FurtherRows more = FurtherRows.ofItems(npy("<f4", "False", "1, 2", 3, 4), IdMap.numbered(0), read.attributes());
        assertThat(more.ids()).containsExactly("new");
        assertThat(more.notes()).isEmpty();
        for (int k = 0; k < 2; k++) {
            assertThat(more.rows().get(0, k)).isEqualTo(read.attributes().x().get(1, k));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "<f4 ! False ! 2, 3 ! 24 by its header",
                "<f4 ! False ! 900000000000000, 900000000000 ! by its header",
                "<i4 ! False ! 2, 2 ! found an array of type <i4",
                ">f4 ! False ! 2, 2 ! found an array of type >f4",
                "<f4 ! True ! 2, 2 ! column by column",
                "<f4 ! False ! 4, ! with 1 dimension(s)",
                "<f4 ! False ! 2, 2, 1 ! found another header",
                "|O ! False ! 2, 2 ! found an array of type |O",
            })
    void otherArraysAreRefused(String type, String order, String shape, String message) throws IOException {
        ids("a\nb\n");
        Path file = npy(type.strip(), order.strip(), shape.strip(), 1, 2, 3, 4);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("v.npy")
                .hasMessageContaining(message.strip());
    }

    @Test
    void whatIsNoVectorIsRefusedWithItsPlace() throws IOException {
        ids("a\nb\n");
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e31}) {
            Path file = npy("<f4", "False", "2, 2", 1, 2, 3, bad);
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("at [1, 1], in the vector of 'b'; allowed: finite numbers");
        }
        Path none = npy("<f4", "False", "2, 0");
        assertThatThrownBy(() -> read(none)).hasMessageContaining("found vectors of 0 numbers");
    }

    @Test
    void truncatedFilesAreRefused() throws IOException {
        ids("a\nb\n");
        Path file = npy("<f4", "False", "2, 2", 1, 2, 3, 4);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(file))
                    .as("%d bytes", length)
                    .isInstanceOfAny(InputException.class, EOFException.class)
                    .hasMessageContaining("v.npy");
        }
    }

    @Test
    void idsAreOneForEachRow() throws IOException {
        Path file = npy("<f4", "False", "2, 2", 1, 2, 3, 4);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("v.npy has no ids; write those of its rows into")
                .hasMessageContaining("v.tsv");
        ids("a\nb\nc\n");
        assertThatThrownBy(() -> read(file))
                .hasMessageContaining("v.npy has 2 rows and")
                .hasMessageContaining("3 ids");
        ids("a\na\n");
        assertThatThrownBy(() -> read(file)).hasMessageContaining("v.tsv:2: id 'a' occurs twice");
    }

    @Test
    void aVectorHasNoOtherRole() throws IOException {
        ids("a\nb\n");
        Path file = npy("<f4", "False", "2, 2", 1, 2, 3, 4);
        AttributeOptions other = AttributeOptions.DEFAULTS.with("columns", "v=category");
        assertThatThrownBy(() -> FileAttributes.ofItems(file, IdMap.numbered(0), other))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("allowed: vector, or none");
    }

    @Test
    void aRoleOfNoColumnIsRefusedOverAllFiles() throws IOException {
        ids("a\nb\n");
        AttributeOptions options = AttributeOptions.DEFAULTS.with("columns", "v=none,x=category");
        FileAttributes vectors =
                FileAttributes.ofItems(npy("<f4", "False", "2, 2", 1, 2, 3, 4), IdMap.numbered(0), options);
        assertThat(vectors.attributes().isEmpty()).isTrue();
        Path table = Files.writeString(directory.resolve("t.csv"), "item,x\na,1\nb,2\n");
        FileAttributes both = FileAttributes.ofItems(table, IdMap.numbered(0), options);
        FileAttributes.checkColumns(options, List.of(vectors, both));
        assertThatThrownBy(() -> FileAttributes.checkColumns(options, List.of(vectors)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'x'");
    }
}
