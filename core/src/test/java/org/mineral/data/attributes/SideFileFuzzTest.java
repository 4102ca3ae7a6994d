package org.mineral.data.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.read.Files4Tests;
import org.mineral.data.read.Mutations;

/**
 * Damaged side files of every format, at training and afterwards: whatever comes, it is read, or refused by an {@link InputException} in one line that
 * names the file. Seeded, so that a failure comes back; {@code -Dmineral.fuzz=100000} does more.
 */
@Tag("slow")
class SideFileFuzzTest {

    private static final int ROUNDS = Integer.getInteger("mineral.fuzz", 600);
    private static final AttributeOptions OPTIONS = AttributeOptions.DEFAULTS
            .with("min_rows", 1)
            .with("columns", "price=number,size=scaled,genres=list,title=text,counts=bag,v=vector");
    private static final String LIST = "a,1.5,10,Drama|Comedy,The House,red:2 blue:1,0.5|1.5\n";

    @TempDir
    Path directory;

    /** A valid file of each format, of ids a, b and c. */
    private enum Format {
        CSV("items", "item,price,size,genres,title,counts,v\n" + LIST + LIST.replace("a,1", "b,2") + "c,,,,,,\n"),
        TSV("items", CSV.text.replace(',', '\t')),
        QUOTED("items", "item,title\n\"a\",\"say \"\"hi\"\"\"\nb,\"two\nlines\"\nc,x\n"),
        JSON("items", """
                {"item": "a", "price": 1.5, "genres": ["Drama", "Comedy"], "v": [0.5, 1.5]}
                {"item": "b", "price": null, "title": "The \\u00e9 House", "v": [1.5, -2e3]}
                {"item": "c"}
                """),
        JSON_ARRAY("items", "[{\"item\": \"a\", \"size\": 1}, {\"item\": \"b\", \"size\": 2}, {\"item\": \"c\"}]"),
        WORDS("items", "a red:2 blue:1\nb blue:0.5\nc red:1 green:3\n"),
        GZIP("items", CSV.text),
        NPY("v.npy", "");

        private final String name;
        private final String text;

        Format(String name, String text) {
            this.name = name;
            this.text = text;
        }

        byte[] bytes() throws IOException {
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            return switch (this) {
                case GZIP -> gzip(plain);
                case NPY -> npy();
                default -> plain;
            };
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    /** {@code numpy.save} of three rows of two numbers. */
    private static byte[] npy() {
        String header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }                                                          \n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + 24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
        bytes.put((byte) 0).putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        for (int k = 0; k < 6; k++) {
            bytes.putFloat(k - 2.5f);
        }
        return bytes.array();
    }

    @ParameterizedTest
    @EnumSource
    void damagedSideFilesAreReadOrRefused(Format format) throws IOException {
        byte[] whole = format.bytes();
        Files4Tests.write(directory, "v.tsv", "a\nb\nc\n");
        IdMap known = IdMap.of(List.of("a", "b"));
        Path file = Files4Tests.write(directory, format.name, whole);
        FileAttributes trained = FileAttributes.ofItems(file, known, OPTIONS);
        assertThat(trained.ids().ids()).containsExactly("a", "b", "c");
        Mutations mutations = new Mutations(format.ordinal());
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = mutations.of(whole);
            Files4Tests.write(directory, format.name, damaged);
            try {
                if (round % 2 == 0) {
                    FileAttributes read = FileAttributes.ofItems(file, known, OPTIONS);
                    assertFinite(read.attributes().x().values());
                } else {
                    FurtherRows read = FurtherRows.ofItems(file, known, trained.attributes());
                    assertFinite(read.rows().values());
                }
            } catch (InputException | EOFException e) {
                refused++;
                assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n", "\u0000");
            } catch (RuntimeException | Error e) {
                fail("round " + round + ": " + Base64.getEncoder().encodeToString(damaged), e);
            }
        }
        assertThat(refused).as("of " + ROUNDS).isBetween(ROUNDS / 20, ROUNDS);
    }

    private static void assertFinite(float[] values) {
        for (float value : values) {
            assertThat(value).isFinite();
        }
    }
}
