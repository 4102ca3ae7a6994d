package org.mineral.model.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mineral.config.Internal;
import org.mineral.files.NpyReader;
import org.mineral.linalg.Matrix;

/**
 * NumPy's array file: the bytes {@code \x93NUMPY 1 0}, the header's length in two bytes, a header that is a Python dictionary
 * padded so that the values begin at a multiple of 64, then the values. Little-endian, row by row.
 */
@Internal
public final class NpyFile {

    private static final int BUFFER = 1 << 16;

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

    /** Type {@code <f4}, shape (length,). */
    public static void write(Path file, float[] values) throws IOException {
        try (Writer writer = new Writer(file, "<f4", values.length + ",")) {
            for (float value : values) {
                writer.room().putFloat(value);
            }
        }
    }

    public static Matrix matrix(Path file) throws IOException {
        try (NpyReader reader = new NpyReader(file, 2, "<f4")) {
            long rows = reader.length(0);
            long columns = reader.length(1);
            if (columns < 1 || columns > 1 << 20 || rows * Matrix.pad((int) columns) > Integer.MAX_VALUE - 8) {
                throw reader.bad(
                        "an array of " + rows + " x " + columns, "factors of 1 to 1048576 columns, in one array");
            }
            Matrix matrix = new Matrix((int) rows, (int) columns);
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < columns; k++) {
                    matrix.set(r, k, (float) reader.number());
                }
            }
            return matrix;
        }
    }

    public static int[] ints(Path file) throws IOException {
        try (NpyReader reader = new NpyReader(file, 1, "<i4")) {
            if (reader.length(0) > Integer.MAX_VALUE - 8) {
                throw reader.bad(reader.length(0) + " values", "at most 2147483639");
            }
            int[] values = new int[(int) reader.length(0)];
            for (int k = 0; k < values.length; k++) {
                values[k] = reader.integer();
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
            buffer.put(NpyReader.magic()).put((byte) 1).put((byte) 0).putShort((short) length);
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
}
