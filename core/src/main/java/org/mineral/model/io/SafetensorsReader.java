package org.mineral.model.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.json.Json;
import org.mineral.json.JsonException;
import org.mineral.json.JsonValue;
import org.mineral.linalg.Matrix;

/**
 * Reads an untrusted safetensors file: lengths are compared with the file's size before anything is allocated, and the tensors must fill the
 * file without gaps or overlaps.
 */
public final class SafetensorsReader implements AutoCloseable {

    /** Longest header; far more than any model needs. */
    private static final int LONGEST_HEADER = 1 << 20;

    private static final int BUFFER = 1 << 20;

    private record Tensor(String name, String type, long[] shape, long begin, long end) {}

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final long dataStart;
    private String prefix = "";

    public SafetensorsReader(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file);
        try {
            this.dataStart = 8 + readHeader();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public boolean has(String name) {
        return tensors.containsKey(prefix + name);
    }

    /** Reads some of the tensors. */
    @FunctionalInterface
    public interface Reading {
        void read(SafetensorsReader tensors) throws IOException;
    }

    /** Reads tensors whose names begin with a prefix. */
    public void under(String prefix, Reading reading) throws IOException {
        String before = this.prefix;
        this.prefix = before + prefix;
        try {
            reading.read(this);
        } finally {
            this.prefix = before;
        }
    }

    /** Reads F32 of two dimensions. */
    public Matrix matrix(String name) throws IOException {
        Tensor tensor = tensor(name, "F32", 2);
        long rows = tensor.shape[0];
        long columns = tensor.shape[1];
        if (columns < 1 || columns > 1 << 20 || rows * Matrix.pad((int) columns) > Integer.MAX_VALUE - 8) {
            throw bad("tensor '" + name + "' of " + rows + " x " + columns + " is too large for one array or empty");
        }
        Matrix matrix = new Matrix((int) rows, (int) columns);
        FloatBuffer target = FloatBuffer.wrap(matrix.values());
        Source source = new Source(tensor);
        // Without padding, all rows are contiguous.
        boolean dense = matrix.stride() == columns;
        for (int r = 0; r < (dense ? 1 : rows); r++) {
            target.position(matrix.offset(r));
            for (long left = dense ? rows * columns : columns; left > 0; ) {
                ByteBuffer buffer = source.next();
                int n = (int) Math.min(left, buffer.remaining() / Float.BYTES);
                target.put(buffer.asFloatBuffer().limit(n));
                buffer.position(buffer.position() + n * Float.BYTES);
                left -= n;
            }
        }
        return matrix;
    }

    /** Reads F32 of one dimension into an array of the same length. */
    public void floats(String name, float[] into) throws IOException {
        Source source = new Source(sized(name, "F32", into.length));
        for (int k = 0; k < into.length; ) {
            ByteBuffer buffer = source.next();
            int n = buffer.remaining() / Float.BYTES;
            buffer.asFloatBuffer().get(into, k, n);
            buffer.position(buffer.limit());
            k += n;
        }
    }

    /** Reads F64 of one dimension into an array of the same length. */
    public void doubles(String name, double[] into) throws IOException {
        Source source = new Source(sized(name, "F64", into.length));
        for (int k = 0; k < into.length; k++) {
            into[k] = source.next().getDouble();
        }
    }

    private Tensor sized(String name, String type, int length) {
        Tensor tensor = tensor(name, type, 1);
        if (tensor.shape[0] != length) {
            throw bad("tensor '" + name + "' has " + tensor.shape[0] + " values instead of " + length);
        }
        return tensor;
    }

    /** The metadata of the header. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Reads I64 of one dimension with values in [0, 2^31). */
    public int[] longs(String name) throws IOException {
        Tensor tensor = tensor(name, "I64", 1);
        int[] values = new int[(int) tensor.shape[0]];
        Source source = new Source(tensor);
        for (int k = 0; k < values.length; k++) {
            long value = source.next().getLong();
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw bad("tensor '" + name + "' holds " + value + "; allowed: 0 to 2^31 - 1");
            }
            values[k] = (int) value;
        }
        return values;
    }

    /** Reads I32 of one dimension. */
    public int[] ints(String name) throws IOException {
        Tensor tensor = tensor(name, "I32", 1);
        int[] values = new int[(int) tensor.shape[0]];
        Source source = new Source(tensor);
        for (int k = 0; k < values.length; ) {
            ByteBuffer buffer = source.next();
            int n = buffer.remaining() / Integer.BYTES;
            buffer.asIntBuffer().get(values, k, n);
            buffer.position(buffer.limit());
            k += n;
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private long readHeader() throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw bad("it has " + size + " bytes, less than a header");
        }
        long length = read(0, 8).getLong();
        if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
            throw bad("its header claims " + length + " bytes");
        }
        JsonValue header;
        try {
            header = Json.parse(read(8, (int) length).array());
        } catch (JsonException e) {
            throw new InputException(file + " is damaged: its header is not JSON: " + e.getMessage() + ".", e);
        }
        if (!header.isObject()) {
            throw bad("its header is no JSON object");
        }
        for (Map.Entry<String, JsonValue> entry : header.entries().entrySet()) {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.put(entry.getKey(), parse(entry.getKey(), entry.getValue()));
                continue;
            }
            entry.getValue().entries().forEach((name, text) -> metadata.put(name, text.text("")));
        }
        checkLayout(size - 8 - length);
        return length;
    }

    private Tensor parse(String name, JsonValue node) {
        long[] shape = numbers(name, node.get("shape"), 2);
        long[] offsets = numbers(name, node.get("data_offsets"), 2);
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw bad("tensor '" + name + "' has no valid data_offsets");
        }
        return new Tensor(name, node.get("dtype").text(""), shape, offsets[0], offsets[1]);
    }

    private long[] numbers(String name, JsonValue array, int most) {
        List<JsonValue> elements = array.elements();
        if (!array.isArray() || elements.size() > most) {
            throw bad("tensor '" + name + "' lacks its shape or offsets");
        }
        long[] numbers = new long[elements.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = elements.get(k).whole(-1);
            if (numbers[k] < 0) {
                throw bad("tensor '" + name + "' has a number out of range in its shape or offsets");
            }
        }
        return numbers;
    }

    private void checkLayout(long dataSize) {
        List<Tensor> inOrder = new ArrayList<>(tensors.values());
        inOrder.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        long at = 0;
        for (Tensor tensor : inOrder) {
            if (tensor.begin != at) {
                throw bad("tensor '" + tensor.name + "' begins at " + tensor.begin + " instead of " + at);
            }
            at = tensor.end;
        }
        if (at != dataSize) {
            throw bad("its tensors take " + at + " bytes, but it holds " + dataSize);
        }
    }

    private Tensor tensor(String name, String type, int dimensions) {
        Tensor tensor = tensors.get(prefix + name);
        if (tensor == null) {
            throw bad("it lacks the tensor '" + name + "'");
        }
        long bytes = type.endsWith("64") ? 8 : 4;
        if (!tensor.type.equals(type) || tensor.shape.length != dimensions) {
            throw bad("tensor '" + name + "' is not " + type + " of " + dimensions + " dimension(s)");
        }
        for (long length : tensor.shape) {
            if (length > Integer.MAX_VALUE - 8) {
                throw bad("tensor '" + name + "' is longer than a Java array");
            }
            bytes = length > 0 && bytes > Long.MAX_VALUE / length ? Long.MAX_VALUE : bytes * length;
        }
        if (bytes != tensor.end - tensor.begin) {
            throw bad("tensor '" + name + "' needs " + bytes + " bytes, but has " + (tensor.end - tensor.begin));
        }
        return tensor;
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException(file + " ends early");
            }
        }
        return buffer.flip();
    }

    private InputException bad(String found) {
        return new InputException(file + " is damaged: " + found + ". Train or copy the model again.");
    }

    /** Reads the values of one tensor in order through a buffer. */
    private final class Source {

        private long position;
        private final long end;
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        Source(Tensor tensor) {
            this.position = dataStart + tensor.begin;
            this.end = dataStart + tensor.end;
        }

        /** The buffer with at least one complete value: every fill is a multiple of 8 bytes, and values have 4 or 8. */
        ByteBuffer next() throws IOException {
            if (!buffer.hasRemaining()) {
                buffer = read(position, (int) Math.min(BUFFER, end - position));
                position += buffer.limit();
            }
            return buffer;
        }
    }
}
