package org.mineral.model.io;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.files.AtomicFile;
import org.mineral.linalg.State;

/**
 * Stores a {@link State} in a safetensors file, with numbers and texts in its metadata and the CRC-32 of all bytes before it as the last
 * tensor. Written atomically, also if the process is killed or the disk is full.
 */
@Internal
public final class StateFile implements Closeable {

    private static final String CHECKSUM = "crc32";
    private static final String NUMBER = "number.";
    private static final String HEAD = "head.";

    private final SafetensorsReader tensors;

    private StateFile(SafetensorsReader tensors) {
        this.tensors = tensors;
    }

    /**
     * Writes the state, durably.
     *
     * @param head texts that identify the run
     * @param owner registers the values
     */
    public static void write(Path place, Map<String, String> head, Consumer<State> owner) throws IOException {
        try (AtomicFile file = new AtomicFile(place)) {
            Writing writing = new Writing(head);
            owner.accept(writing);
            writing.tensors.addChecksum(CHECKSUM).write(file.path());
            file.commit();
        }
    }

    /**
     * Opens a file and verifies its checksum.
     *
     * @throws InputException if the file is damaged
     */
    public static StateFile open(Path file) throws IOException {
        check(file);
        return new StateFile(new SafetensorsReader(file));
    }

    /** The texts that identify the run. */
    public Map<String, String> head() {
        Map<String, String> head = new LinkedHashMap<>();
        tensors.metadata().forEach((name, text) -> {
            if (name.startsWith(HEAD)) {
                head.put(name.substring(HEAD.length()), text);
            }
        });
        return head;
    }

    /** Restores the values. */
    public void restore(Consumer<State> owner) throws IOException {
        try {
            owner.accept(new Reading(tensors));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }

    private static void check(Path file) throws IOException {
        long covered = Files.size(file) - Integer.BYTES;
        byte[] buffer = new byte[1 << 18];
        CRC32 crc = new CRC32();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1)) {
            for (long left = covered; left > 0; ) {
                int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (n <= 0) {
                    throw damaged(file, "it ends early");
                }
                crc.update(buffer, 0, n);
                left -= n;
            }
            byte[] written = in.readNBytes(Integer.BYTES);
            if (written.length < Integer.BYTES
                    || ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).getInt() != (int) crc.getValue()) {
                throw damaged(file, "its checksum is not that of its content");
            }
        }
    }

    private static InputException damaged(Path file, String found) {
        return new InputException(file + " is damaged: " + found + ".");
    }

    private static final class Writing implements State {

        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final SafetensorsWriter tensors = new SafetensorsWriter(metadata);

        Writing(Map<String, String> head) {
            head.forEach((name, text) -> metadata.put(HEAD + name, text));
        }

        @Override
        public boolean restores() {
            return false;
        }

        @Override
        public void floats(String name, float[] values) {
            tensors.addFloats(name, values);
        }

        @Override
        public void doubles(String name, double[] values) {
            tensors.addDoubles(name, values);
        }

        @Override
        public void ints(String name, int[] values) {
            tensors.addInts(name, values);
        }

        @Override
        public long number(String name, long value) {
            metadata.put(NUMBER + name, String.valueOf(value));
            return value;
        }
    }

    private record Reading(SafetensorsReader tensors) implements State {

        private interface Read {
            void run() throws IOException;
        }

        @Override
        public boolean restores() {
            return true;
        }

        @Override
        public void floats(String name, float[] values) {
            attempt(() -> tensors.floats(name, values));
        }

        @Override
        public void doubles(String name, double[] values) {
            attempt(() -> tensors.doubles(name, values));
        }

        @Override
        public void ints(String name, int[] values) {
            attempt(() -> {
                int[] read = tensors.ints(name);
                if (read.length != values.length) {
                    throw new InputException(
                            "there are " + read.length + " values of " + name + " instead of " + values.length + ".");
                }
                System.arraycopy(read, 0, values, 0, read.length);
            });
        }

        @Override
        public long number(String name, long value) {
            String text = tensors.metadata().get(NUMBER + name);
            if (text == null) {
                throw new InputException("the number '" + name + "' is missing.");
            }
            return Long.parseLong(text);
        }

        private static void attempt(Read read) {
            try {
                read.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
