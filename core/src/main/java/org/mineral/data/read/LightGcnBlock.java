package org.mineral.data.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mineral.data.text.TextBlocks;

/** The numbers of one block of LightGCN text, and its lines that cannot be parsed. */
final class LightGcnBlock {

    /** A line that cannot be parsed. */
    record Bad(int line, String found) {}

    private static final int LINE_END = -1;
    private static final int MOST_DIGITS = 10;

    private final byte[] bytes;
    private final int length;

    /** The numbers, and LINE_END after each line. */
    private int[] values;

    private int size;
    private int lineStart;

    final List<Bad> bad = new ArrayList<>();
    int lines;

    LightGcnBlock(TextBlocks.Block block) {
        this.bytes = block.bytes();
        this.length = block.length();
        this.values = new int[length / 4 + 16];
        for (int k = 0; k < length; ) {
            if (bytes[k] == ' ') {
                k++;
            } else if (isLineEnd(k)) {
                k += bytes[k] == '\r' && k + 1 < length && bytes[k + 1] == '\n' ? 2 : 1;
                lines++;
                endLine();
            } else {
                k = number(k);
            }
        }
        endLine();
    }

    /** Reads the number that begins here, or leaves out the line if it is not one; returns the next position. */
    private int number(int from) {
        long value = 0;
        int k = from;
        for (; k < length && k <= from + MOST_DIGITS && bytes[k] >= '0' && bytes[k] <= '9'; k++) {
            value = value * 10 + (bytes[k] - '0');
        }
        boolean ends = k == length || bytes[k] == ' ' || isLineEnd(k);
        boolean zeros = bytes[from] == '0' && k - from > 1;
        if (ends && k > from && !zeros && value <= Integer.MAX_VALUE) {
            add((int) value);
            return k;
        }
        while (k < length && bytes[k] != ' ' && !isLineEnd(k)) {
            k++;
        }
        bad.add(new Bad(lines + 1, new String(bytes, from, k - from, StandardCharsets.UTF_8)));
        size = lineStart;
        while (k < length && !isLineEnd(k)) {
            k++;
        }
        return k;
    }

    private boolean isLineEnd(int k) {
        return bytes[k] == '\n' || bytes[k] == '\r';
    }

    private void endLine() {
        add(LINE_END);
        lineStart = size;
    }

    private void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    void addTo(LightGcnLines to) {
        for (int k = 0; k < size; k++) {
            if (values[k] == LINE_END) {
                to.endLine();
            } else {
                to.number(values[k]);
            }
        }
    }
}
