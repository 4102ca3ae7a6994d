package org.mineral.model.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.linalg.Matrix;

/**
 * NumPy's array file: the bytes {@code \x93NUMPY 1 0}, the header's length in two bytes, a header that is a Python dictionary
 * padded so that the values begin at a multiple of 64, then the values. Little-endian, row by row.
 *
 * <p>Reads versions 1 to 3 with exactly the requested type. Lengths are compared with the file's size before anything is allocated.
 */
@Internal
public final class NpyFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int BUFFER = 1 << 16;
    private static final Pattern HEADER =
            Pattern.compile("\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(True|False),"
                    + "\\s*'shape':\\s*\\(\\s*(\\d{1,18})\\s*,\\s*(?:(\\d{1,18})\\s*,?\\s*)?\\)\\s*,?\\s*\\}\\s*");

    private NpyFile() {}

    /** Type {@code <f4}, shape (rows, columns). */
    public static void write(Path file, Matrix matrix) throws IOException {
        try (Writer writer = new Writer(file, "<f4", matrix.rows() + ", " + matrix.columns())) {
            for (int r = 0; r < matrix.rows(); r++) {
                for (int k = 0; k < matrix.columns(); k++) {
                    writer.room().putFloat(matrix.get(r, k));
                }
            }
        }
    }

    /** Type {@code <i4}, shape (length,). */
    public static void write(Path file, int[] values) throws IOException {
        try (Writer writer = new Writer(file, "<i4", values.length + ",")) {
            for (int value : values) {
                writer.room().putInt(value);
            }
        }
    }

    public static Matrix matrix(Path file) throws IOException {
        try (Reader reader = new Reader(file, "<f4", 2)) {
            long rows = reader.shape[0];
            long columns = reader.shape[1];
            if (columns < 1 || columns > 1 << 20 || rows * Matrix.pad((int) columns) > Integer.MAX_VALUE - 8) {
                throw reader.bad(
                        "an array of " + rows + " x " + columns, "factors of 1 to 1048576 columns, in one array");
            }
            Matrix matrix = new Matrix((int) rows, (int) columns);
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < columns; k++) {
                    matrix.set(r, k, reader.next().getFloat());
                }
            }
            return matrix;
        }
    }

    public static int[] ints(Path file) throws IOException {
        try (Reader reader = new Reader(file, "<i4", 1)) {
            if (reader.shape[0] > Integer.MAX_VALUE - 8) {
                throw reader.bad(reader.shape[0] + " values", "at most 2147483639");
            }
            int[] values = new int[(int) reader.shape[0]];
            for (int k = 0; k < values.length; k++) {
                values[k] = reader.next().getInt();
            }
            return values;
        }
    }

    private static final class Writer implements AutoCloseable {

        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

        Writer(Path file, String type, String shape) throws IOException {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
            int length = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
            buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) length);
            buffer.put((header + " ".repeat(length - 1 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        /** The buffer, flushed if it has no space for four more bytes. */
        ByteBuffer room() throws IOException {
            if (buffer.remaining() < 4) {
                flush();
            }
            return buffer;
        }

        private void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                flush();
            }
        }
    }

    private static final class Reader implements AutoCloseable {

        final long[] shape;
        private final Path file;
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

        Reader(Path file, String type, int dimensions) throws IOException {
            this.file = file;
            this.channel = FileChannel.open(file);
            try {
                buffer.flip();
                shape = header(type, dimensions);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }

        /** The buffer, refilled if fewer than four bytes are left. */
        ByteBuffer next() throws IOException {
            fill(4);
            return buffer;
        }

        private long[] header(String type, int dimensions) throws IOException {
            byte[] magic = bytes((int) Math.min(8, channel.size()));
            if (magic.length < 8 || !Arrays.equals(magic, 0, 6, MAGIC, 0, 6) || magic[6] < 1 || magic[6] > 3) {
                throw bad("no NumPy array of version 1 to 3 at its start", "what numpy.save writes");
            }
            fill(magic[6] == 1 ? 2 : 4);
            long length = magic[6] == 1 ? buffer.getShort() & 0xFFFF : buffer.getInt() & 0xFFFFFFFFL;
            if (length > LONGEST_HEADER || length > channel.size() - channel.position() + buffer.remaining()) {
                throw bad("a header of " + length + " bytes", "at most " + LONGEST_HEADER + ", within the file");
            }
            Matcher header = HEADER.matcher(new String(bytes((int) length), StandardCharsets.ISO_8859_1));
            String wanted = "an array of type " + type + " with " + dimensions + " dimension(s), row by row";
            if (!header.matches()
                    || !header.group(1).equals(type)
                    || header.group(2).equals("True")
                    || header.group(4) == null != (dimensions == 1)) {
                throw bad("another array in its header", wanted);
            }
            long[] shape = new long[dimensions];
            double values = 1;
            for (int k = 0; k < dimensions; k++) {
                shape[k] = Long.parseLong(header.group(3 + k));
                values *= shape[k];
            }
            long left = channel.size() - channel.position() + buffer.remaining();
            if (values * 4 != left) {
                throw bad(left + " bytes of values", (long) (values * 4) + " by its header");
            }
            return shape;
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

        InputException bad(String found, String allowed) {
            return new InputException(file + ": found " + found + "; allowed: " + allowed
                    + "; export the model again, or" + " save the array with numpy.ascontiguousarray(a, dtype).");
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
