package org.mineral.model.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.mineral.json.Json;
import org.mineral.linalg.Matrix;

/**
 * Writes a safetensors file: eight bytes with the header's length, a JSON header, then the tensors one after the other,
 * all little-endian.
 */
public final class SafetensorsWriter {

    /** Writes a tensor's values piece by piece; see {@link Sink#room}. */
    private interface Content {
        void write(Sink sink) throws IOException;
    }

    private static final int BUFFER = 1 << 16;

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final List<Content> contents = new ArrayList<>();
    private long size;
    private String prefix = "";

    public SafetensorsWriter(Map<String, String> metadata) {
        header.put("__metadata__", metadata);
    }

    /** Adds tensors whose names begin with a prefix. */
    public void under(String prefix, Consumer<SafetensorsWriter> tensors) {
        String before = this.prefix;
        this.prefix = before + prefix;
        tensors.accept(this);
        this.prefix = before;
    }

    /** F32, rows x columns, without padding. */
    public SafetensorsWriter add(String name, Matrix matrix) {
        declare(name, "F32", 4, matrix.rows(), matrix.columns());
        contents.add(sink -> {
            for (int r = 0; r < matrix.rows(); r++) {
                for (int k = 0; k < matrix.columns(); k++) {
                    sink.room(4).putFloat(matrix.get(r, k));
                }
            }
        });
        return this;
    }

    /** F32. */
    public SafetensorsWriter addFloats(String name, float[] values) {
        declare(name, "F32", 4, values.length);
        contents.add(sink -> {
            for (int k = 0; k < values.length; ) {
                ByteBuffer room = sink.room(4);
                int n = Math.min(values.length - k, room.remaining() / 4);
                room.asFloatBuffer().put(values, k, n);
                room.position(room.position() + 4 * n);
                k += n;
            }
        });
        return this;
    }

    /** F64. */
    public SafetensorsWriter addDoubles(String name, double[] values) {
        declare(name, "F64", 8, values.length);
        contents.add(sink -> {
            for (double value : values) {
                sink.room(8).putDouble(value);
            }
        });
        return this;
    }

    /** Adds one I32: the CRC-32 of all bytes before it. To be called last. */
    public SafetensorsWriter addChecksum(String name) {
        declare(name, "I32", 4, 1);
        contents.add(sink -> {
            sink.flush();
            sink.room(4).putInt((int) sink.checksum.getValue());
        });
        return this;
    }

    /** I64. */
    public SafetensorsWriter addLongs(String name, int[] values) {
        declare(name, "I64", 8, values.length);
        contents.add(sink -> {
            for (int value : values) {
                sink.room(8).putLong(value);
            }
        });
        return this;
    }

    /** I32. */
    public SafetensorsWriter addInts(String name, int[] values) {
        declare(name, "I32", 4, values.length);
        contents.add(sink -> {
            for (int value : values) {
                sink.room(4).putInt(value);
            }
        });
        return this;
    }

    public void write(Path file) throws IOException {
        byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
        // Spaces after the JSON make the tensors start at a multiple of eight, so that readers can map them.
        int length = (json.length + 7) / 8 * 8;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Sink sink = new Sink(channel);
            sink.room(8).putLong(length);
            for (int b = 0; b < length; b++) {
                sink.room(1).put(b < json.length ? json[b] : (byte) ' ');
            }
            for (Content content : contents) {
                content.write(sink);
            }
            sink.flush();
        }
    }

    private void declare(String name, String type, int width, int... shape) {
        long count = 1;
        for (int length : shape) {
            count *= length;
        }
        long end = size + count * width;
        // In a fixed order, so that the same model gives the same file.
        Map<String, Object> tensor = new LinkedHashMap<>();
        tensor.put("dtype", type);
        tensor.put("shape", shape);
        tensor.put("data_offsets", new long[] {size, end});
        header.put(prefix + name, tensor);
        size = end;
    }

    /** A buffered file. */
    private static final class Sink {

        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        private final CRC32 checksum = new CRC32();

        Sink(FileChannel channel) {
            this.channel = channel;
        }

        /** The buffer, flushed if it has no space for this many bytes. */
        ByteBuffer room(int bytes) throws IOException {
            if (buffer.remaining() < bytes) {
                flush();
            }
            return buffer;
        }

        void flush() throws IOException {
            buffer.flip();
            checksum.update(buffer.duplicate());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }
    }
}
