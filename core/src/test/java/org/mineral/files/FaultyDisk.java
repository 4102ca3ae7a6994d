package org.mineral.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A directory on a disk that fails at a chosen operation. Code under test is given {@link #root}, a path of a file system of its
 * own over the real one, and needs no seam for it. Operations are those that change something or may lose it: opening, writing, truncating,
 * forcing, renaming, deleting, making and listing directories.
 */
public final class FaultyDisk {

    /** What happens at the chosen operation. */
    public enum Fault {
        /** It fails, a write half way; later ones are as usual. */
        FAILURE,
        /** It and all later ones fail: the process was killed. */
        KILL,
        /** The same, and what was written to files and not forced is lost. */
        POWER_LOSS
    }

    private final Path real;
    private final Fault fault;
    private final long at;
    private final List<String> operations = new ArrayList<>();
    /** The length of each file that was written, by its identity, as of its last force. */
    private final Map<Object, Long> forced = new HashMap<>();

    private long count;
    private boolean dead;

    /** @param at the operation that fails, from 1; 0 for none */
    public FaultyDisk(Path real, Fault fault, long at) {
        this.real = real;
        this.fault = fault;
        this.at = at;
    }

    public Path root() {
        return new FaultyFileSystem(this).wrap(real);
    }

    /** Whether the chosen operation was reached. */
    public boolean failed() {
        return at > 0 && count >= at;
    }

    /** Each operation as a verb and the name of the file. */
    public List<String> operations() {
        return operations;
    }

    void operation(String verb, Path path) throws IOException {
        if (dead) {
            throw new IOException("the process was killed");
        }
        operations.add(verb + " " + path.getFileName());
        if (++count == at) {
            dead = fault != Fault.FAILURE;
            if (fault == Fault.POWER_LOSS) {
                loseUnforced();
            }
            throw new IOException("No space left on device");
        }
    }

    private void loseUnforced() throws IOException {
        try (Stream<Path> files = Files.walk(real, new FileVisitOption[0])) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Long length = forced.get(key(file));
                if (length != null && length < Files.size(file)) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.truncate(length);
                    }
                }
            }
        }
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        boolean writes = options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
        if (!writes) {
            return new Channel(file, FileChannel.open(file, options));
        }
        boolean existed = Files.exists(file);
        operation("open", file);
        FileChannel channel = FileChannel.open(file, options);
        if (!existed || options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            forced.put(key(file), 0L);
        } else {
            forced.putIfAbsent(key(file), channel.size());
        }
        return new Channel(file, channel);
    }

    private final class Channel extends FileChannel {

        private final Path file;
        private final FileChannel channel;

        Channel(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        private interface Write {
            int of(ByteBuffer part) throws IOException;
        }

        private int write(ByteBuffer bytes, Write write) throws IOException {
            boolean alive = !dead;
            try {
                operation("write", file);
            } catch (IOException e) {
                if (alive && fault != Fault.POWER_LOSS) {
                    write.of(bytes.slice().limit(bytes.remaining() / 2));
                }
                throw e;
            }
            return write.of(bytes);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return write(bytes, channel::write);
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            return write(bytes, part -> channel.write(part, position));
        }

        @Override
        public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
            long sum = 0;
            for (int k = offset; k < offset + length; k++) {
                sum += write(bytes[k]);
            }
            return sum;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            operation("truncate", file);
            channel.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            operation("force", file);
            channel.force(metaData);
            if (Files.isRegularFile(file)) {
                forced.put(key(file), channel.size());
            }
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            return channel.read(to);
        }

        @Override
        public long read(ByteBuffer[] to, int offset, int length) throws IOException {
            return channel.read(to, offset, length);
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            return channel.read(to, position);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public long transferTo(long position, long bytes, WritableByteChannel target) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(bytes, 1 << 16));
            channel.read(buffer, position);
            return target.write(buffer.flip());
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            return channel.map(mode, position, size);
        }

        @Override
        public java.nio.channels.FileLock lock(long position, long size, boolean shared) throws IOException {
            return channel.lock(position, size, shared);
        }

        @Override
        public java.nio.channels.FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }
    }

    SeekableByteChannel bytes(Path file, Set<? extends OpenOption> options) throws IOException {
        return open(file, options.isEmpty() ? Set.of(StandardOpenOption.READ) : options);
    }
}
