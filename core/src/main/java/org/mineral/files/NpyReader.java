package org.mineral.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mineral.config.InputException;

/**
 * Reads NumPy's array files of versions 1 to 3, value by value. Types other than those that are asked for, columns before rows, and lengths that
 * disagree with the file's size are refused before anything is allocated.
 */
public final class NpyReader implements AutoCloseable {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int BUFFER = 1 << 16;
    private static final Pattern HEADER =
            Pattern.compile("\\{\\s*'descr':\\s*'([!-&(-~]{1,40})',\\s*'fortran_order':\\s*(True|False),"
                    + "\\s*'shape':\\s*\\(\\s*(\\d{1,18})\\s*,\\s*(?:(\\d{1,18})\\s*,?\\s*)?\\)\\s*,?\\s*\\}\\s*");

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final String type;
    private final long[] shape;

    /**
     * Opens a file.
     *
     * @param dimensions 1 or 2
     * @param types as NumPy has them, such as {@code <f4}
     * @throws InputException if it is no array of one of these types with so many dimensions, row by row
     */
    public NpyReader(Path file, int dimensions, String... types) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file);
        try {
            buffer.flip();
            Matcher header = header();
            type = header.group(1);
            if (!List.of(types).contains(type)
                    || header.group(2).equals("True")
                    || header.group(4) == null != (dimensions == 1)) {
                throw bad(
                        String.format(
                                Locale.ROOT,
                                "an array of type %s with %d dimension(s)%s",
                                type,
                                header.group(4) == null ? 1 : 2,
                                header.group(2).equals("True") ? ", column by column" : ""),
                        "type " + String.join(" or ", types) + " with " + dimensions + " dimension(s), row by row");
            }
            shape = shape(header, dimensions);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What such a file begins with. */
    public static byte[] magic() {
        return MAGIC.clone();
    }

    /** Length of a dimension. */
    public long length(int dimension) {
        return shape[dimension];
    }

    /** The next value of an array of floating-point numbers. */
    public double number() throws IOException {
        if (type.equals("<f8")) {
            fill(8);
            return buffer.getDouble();
        }
        fill(4);
        return buffer.getFloat();
    }

    /** The next value of an array of integers of four bytes. */
    public int integer() throws IOException {
        fill(4);
        return buffer.getInt();
    }

    private Matcher header() throws IOException {
        byte[] magic = bytes((int) Math.min(8, channel.size()));
        if (magic.length < 8 || !Arrays.equals(magic, 0, 6, MAGIC, 0, 6) || magic[6] < 1 || magic[6] > 3) {
            throw bad("no NumPy array of version 1 to 3 at its start", "what numpy.save writes");
        }
        fill(magic[6] == 1 ? 2 : 4);
        long length = magic[6] == 1 ? buffer.getShort() & 0xFFFF : buffer.getInt() & 0xFFFFFFFFL;
        if (length > LONGEST_HEADER || length > left()) {
            throw bad("a header of " + length + " bytes", "at most " + LONGEST_HEADER + ", within the file");
        }
        Matcher header = HEADER.matcher(new String(bytes((int) length), StandardCharsets.ISO_8859_1));
        if (!header.matches()) {
            throw bad("another header", "that of an array of numbers with 1 or 2 dimensions");
        }
        return header;
    }

    private long[] shape(Matcher header, int dimensions) throws IOException {
        long[] lengths = new long[dimensions];
        double bytes = type.endsWith("8") ? 8 : 4;
        for (int k = 0; k < dimensions; k++) {
            lengths[k] = Long.parseLong(header.group(3 + k));
            bytes *= lengths[k];
        }
        if (bytes != left()) {
            throw bad(left() + " bytes of values", String.format(Locale.ROOT, "%.0f by its header", bytes));
        }
        return lengths;
    }

    private long left() throws IOException {
        return channel.size() - channel.position() + buffer.remaining();
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int k = 0; k < length; k++) {
            fill(1);
            bytes[k] = buffer.get();
        }
        return bytes;
    }

    private void fill(int bytes) throws IOException {
        while (buffer.remaining() < bytes) {
            buffer.compact();
            int read = channel.read(buffer);
            buffer.flip();
            if (read < 0) {
                throw new EOFException(file + " ends early");
            }
        }
    }

    /** The error for what was found. */
    public InputException bad(String found, String allowed) {
        return new InputException(file + ": found " + found + "; allowed: " + allowed
                + "; save the array with numpy.ascontiguousarray(a, dtype).");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
