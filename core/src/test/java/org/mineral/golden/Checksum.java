package org.mineral.golden;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.mineral.linalg.Matrix;
import org.mineral.model.rank.Ranking;

/** CRC-32 of bits and of texts. */
final class Checksum {

    private final CRC32 crc = new CRC32();

    /** Every bit of every entry; what a matrix keeps beyond its columns does not count. */
    Checksum add(Matrix matrix) {
        for (int row = 0; row < matrix.rows(); row++) {
            add(matrix.row(row));
        }
        return this;
    }

    Checksum add(float[] values) {
        for (float value : values) {
            add(Float.floatToRawIntBits(value));
        }
        return this;
    }

    Checksum add(List<Ranking> rankings) {
        for (Ranking ranking : rankings) {
            for (int item : ranking.items()) {
                add(item);
            }
            add(ranking.scores());
        }
        return this;
    }

    /** To ten digits: the last ones of a logarithm differ between processors. */
    Checksum add(Map<String, Double> values) {
        values.forEach((name, value) -> add(name + String.format(Locale.ROOT, " %.9e%n", value)));
        return this;
    }

    Checksum add(String text) {
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void add(int bits) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            crc.update(bits >>> shift);
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
