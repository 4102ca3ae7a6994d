package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.mineral.data.read.Files4Tests.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;

/**
 * Damaged files of every format: whatever comes, it is read, or refused by an {@link InputException} in one line that names the
 * file. Seeded, so that a failure comes back; {@code -Dmineral.fuzz=100000} does more.
 */
@Tag("slow")
class FuzzTest {

    private static final int ROUNDS = Integer.getInteger("mineral.fuzz", 600);

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain CSV|user,item,rating,timestamp\\na,x,1,100\\nb,yz,2.5,2013-02-28\\nc,x,3,300\\n|false",
                "quoted CSV|user,item\\n\"a,b\",\"say \"\"hi\"\"\"\\n\"two\\nlines\",x\\n|false",
                "MovieLens|1::1193::5::978300760\\n1::661::3::978302109\\n2::1193::4::978298413\\n|false",
                "RecBole|user_id:token\\titem_id:token\\trating:float\\n1\\t2\\t3\\n4\\t5\\t1.5\\n|false",
                "LightGCN|0 1 2 3\\n1 2 4\\n2\\n3 0 1\\n|false",
                "lists with ratings|u1 10:3 7:-0.5\\n12 7:1e1\\n5\\n|false",
                "JSON lines|{\"user\": \"\\u00e9\", \"item\": 7, \"rating\": 1.5, \"t\": [1, {\"a\": null}]}\\n{\"user\": 2, \"item\": \"x\", \"rating\": \"3\"}\\n|false",
                "gzip|user,item\\na,x\\nb,y\\nc,z\\n|true"
            })
    void damagedFilesAreReadOrRefused(String name, String text, boolean packed) throws IOException {
        byte[] whole = text.replace("\\n", "\n").replace("\\t", "\t").getBytes(StandardCharsets.UTF_8);
        byte[] content = packed ? gzip(whole) : whole;
        assertThat(Datasets.read(write(directory, "whole", content)).train().size())
                .isPositive();
        Mutations mutations = new Mutations(name.hashCode());
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = mutations.of(content);
            Path file = write(directory, "damaged", damaged);
            try {
                Dataset data = Datasets.read(file);
                assertThat(data.train().size()).isPositive();
            } catch (InputException e) {
                refused++;
                assertThat(e.getMessage()).contains(file.toString(), "found ").doesNotContain("\n", "\u0000");
            } catch (RuntimeException | Error e) {
                fail("round " + round + ": " + Base64.getEncoder().encodeToString(damaged), e);
            }
        }
        assertThat(refused).as("of " + ROUNDS).isBetween(ROUNDS / 20, ROUNDS);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}
