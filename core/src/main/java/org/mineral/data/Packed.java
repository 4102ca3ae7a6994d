package org.mineral.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.mineral.config.InputException;

/**
 * A file's content, unpacked if it is a gzip archive. A small archive can be made to unpack to anything: it may become
 * {@value #MOST_TIMES} times as large as it is, and {@value #ALWAYS} bytes in any case; what goes on beyond that is refused. Text of
 * interactions shrinks to a third or a tenth.
 */
final class Packed extends FilterInputStream {

    static final long MOST_TIMES = 100;
    static final long ALWAYS = 64L << 20;

    private final Path file;
    private final long limit;
    private long count;

    private Packed(Path file, InputStream unpacked, long size) {
        super(unpacked);
        this.file = file;
        this.limit = Math.max(ALWAYS, size > Long.MAX_VALUE / MOST_TIMES ? Long.MAX_VALUE : size * MOST_TIMES);
    }

    static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(2);
            boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            return gzip ? new Packed(file, new GZIPInputStream(in, 1 << 16), Files.size(file)) : in;
        } catch (EOFException | ZipException e) {
            in.close();
            throw damaged(file);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int n = super.read(target, offset, length);
            counted(n);
            return n;
        } catch (EOFException | ZipException e) {
            throw damaged(file);
        }
    }

    private static InputException damaged(Path file) {
        return Refusal.of(
                file, "a gzip archive that is damaged or cut off", "complete archives", "copy or unpack it again");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void counted(int more) {
        count += Math.max(0, more);
        if (count > limit) {
            throw Refusal.of(
                    file,
                    String.format("a gzip archive that unpacks to more than %,d bytes", limit),
                    MOST_TIMES + " times its own size, and " + (ALWAYS >> 20) + " MiB in any case",
                    "unpack it yourself if it is what it should be");
        }
    }
}
