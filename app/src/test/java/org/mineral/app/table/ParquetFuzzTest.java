package org.mineral.app.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.read.Datasets;

/** Damaged Parquet is refused, or read. The reader is native code: a crash would end this process. */
@Tag("slow")
class ParquetFuzzTest {

    private static final int ROUNDS = Integer.getInteger("mineral.fuzz", 60);

    @TempDir
    Path directory;

    @Test
    void damagedParquetIsRefusedOrRead() throws IOException {
        Path file = directory.resolve("data.parquet");
        try (ParquetTable table = new ParquetTable("\"user\" varchar, item varchar, rating float")) {
            for (int k = 0; k < 200; k++) {
                table.add("user " + k % 17, "item " + k, k / 3f);
            }
            table.write(file);
        }
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = whole.clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                // The mark at the start stays, so that it reaches the reader.
                damaged[random.nextInt(4, damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, damaged);
            try {
                assertThat(Datasets.read(file).train().size()).isPositive();
            } catch (InputException e) {
                refused++;
                assertThat(e.getMessage()).contains("data.parquet").doesNotContain("\n");
            } catch (RuntimeException | Error e) {
                fail("round " + round + ": " + Base64.getEncoder().encodeToString(damaged), e);
            }
        }
        assertThat(refused).isPositive();
    }
}
