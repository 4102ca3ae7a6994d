package org.mineral.data.synthetic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mineral.data.write.DataFormat;

/** Writes some users' interactions of one part as text in a format. Ids are indices; see {@link SyntheticWriter}. */
final class PartText {

    private final DataFormat format;
    private byte[] bytes = new byte[1 << 16];
    private int size;
    private long pairs;

    PartText(DataFormat format) {
        this.format = format;
    }

    /** The header of a file. */
    static byte[] header(DataFormat format) {
        String header = switch (format) {
            case LIGHTGCN -> "";
            case CSV -> "user,item\n";
            case INTER -> "user_id:token\titem_id:token\n";
        };
        return header.getBytes(StandardCharsets.US_ASCII);
    }

    /** The user's items at the positions where {@code parts} has {@code part}. */
    void add(int user, int[] items, byte[] parts, byte part) {
        boolean open = false;
        for (int k = 0; k < items.length; k++) {
            if (parts[k] != part) {
                continue;
            }
            pairs++;
            if (format == DataFormat.LIGHTGCN) {
                if (!open) {
                    number(user);
                }
                text(" ");
                number(items[k]);
                open = true;
            } else {
                text("user-");
                number(user);
                text(format == DataFormat.CSV ? ",item-" : "\titem-");
                number(items[k]);
                text("\n");
            }
        }
        if (open) {
            text("\n");
        }
    }

    long pairs() {
        return pairs;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    private void text(String ascii) {
        reserve(ascii.length());
        for (int k = 0; k < ascii.length(); k++) {
            bytes[size++] = (byte) ascii.charAt(k);
        }
    }

    private void number(int value) {
        reserve(10);
        int digits = 1;
        for (int rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        int rest = value;
        for (int k = size + digits - 1; k >= size; k--) {
            bytes[k] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }
}
