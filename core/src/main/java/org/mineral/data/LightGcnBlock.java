package org.mineral.data;

import java.util.Arrays;

/**
 * The numbers of one block of LightGCN text, if there is nothing in it to refuse; otherwise {@link LightGcnReader} reads the
 * file, and says what is wrong.
 */
final class LightGcnBlock {

    private static final int LINE_END = -1;

    /** The numbers, and LINE_END after each line. */
    private int[] values;

    private int size;

    final boolean plain;

    LightGcnBlock(Blocks.Block block) {
        this.values = new int[block.length() / 4 + 16];
        this.plain = parse(block.bytes(), block.length());
    }

    private boolean parse(byte[] bytes, int length) {
        long value = -1;
        for (int k = 0; k < length; k++) {
            int digit = bytes[k] - '0';
            if (digit >= 0 && digit <= 9) {
                if (value == 0) {
                    return false;
                }
                value = value < 0 ? digit : value * 10 + digit;
                if (value > Integer.MAX_VALUE) {
                    return false;
                }
                continue;
            }
            if (value >= 0) {
                add((int) value);
                value = -1;
            }
            if (bytes[k] == '\n') {
                add(LINE_END);
            } else if (bytes[k] != ' ' && (bytes[k] != '\r' || k + 1 == length || bytes[k + 1] != '\n')) {
                return false;
            }
        }
        if (value >= 0) {
            add((int) value);
        }
        return true;
    }

    private void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    void addTo(LightGcnLines lines) {
        for (int k = 0; k < size; k++) {
            if (values[k] == LINE_END) {
                lines.endLine();
            } else {
                lines.number(values[k]);
            }
        }
    }
}
