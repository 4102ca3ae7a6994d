package org.mineral.data.text;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.mineral.config.InputException;

/**
 * Reads a file, unpacked if it is a gzip archive (RFC 1952), with all of its members. The JDK's reader silently stops at a member with a
 * damaged header and at bytes after the last member; here both are errors. Zeros after the last member, the padding of tapes and block
 * devices, are allowed.
 *
 * <p>To stop decompression bombs, an archive may unpack to at most {@value #MOST_TIMES} times its size, or {@value #ALWAYS} bytes if that is
 * more. Interactions as text compress to between a third and a tenth.
 */
public final class GzipInput extends InputStream {

    public static final long MOST_TIMES = 100;
    public static final long ALWAYS = 64L << 20;

    private static final int BUFFER = 1 << 16;
    private static final int FIRST = 0x1F;
    private static final int SECOND = 0x8B;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final Path file;
    private final InputStream in;
    private final long limit;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long members;
    private long count;
    private boolean ended;

    private GzipInput(Path file, InputStream in, long size) {
        this.file = file;
        this.in = in;
        this.limit = Math.max(ALWAYS, size > Long.MAX_VALUE / MOST_TIMES ? Long.MAX_VALUE : size * MOST_TIMES);
    }

    /** Whether a file begins like a gzip archive. */
    public static boolean isPacked(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == FIRST && in.read() == SECOND;
        }
    }

    /** Opens a file, unpacked if it begins like a gzip archive. */
    public static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw DataErrors.of(file, "a directory", "a file", "name a file in it");
        }
        return open(file, Files.newInputStream(file), Files.size(file));
    }

    /**
     * Wraps a stream, unpacked if it begins like a gzip archive.
     *
     * @param file named in error messages
     * @param size of the stream, or 0 if unknown
     */
    public static InputStream open(Path file, InputStream stream, long size) throws IOException {
        InputStream in = new BufferedInputStream(stream, BUFFER);
        try {
            in.mark(2);
            boolean gzip = in.read() == FIRST && in.read() == SECOND;
            in.reset();
            return gzip ? new GzipInput(file, in, size) : in;
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
        if (length == 0) {
            return 0;
        }
        try {
            if (members == 0) {
                beginMember();
            }
            while (!ended) {
                int n = inflater.inflate(target, offset, length);
                if (n > 0) {
                    checksum.update(target, offset, n);
                    counted(n);
                    return n;
                }
                if (inflater.finished()) {
                    endMember();
                    ended = !more();
                    if (!ended) {
                        beginMember();
                    }
                } else if (inflater.needsDictionary()) {
                    throw damaged();
                } else {
                    need();
                    inflater.setInput(buffer, at, end - at);
                    at = end;
                }
            }
            return -1;
        } catch (EOFException | DataFormatException e) {
            throw damaged();
        }
    }

    private void beginMember() throws IOException {
        members++;
        checksum.reset();
        if (next() != FIRST || next() != SECOND) {
            throw DataErrors.of(
                    file,
                    "bytes behind the end of the gzip archive that are no gzip themselves",
                    "archives of one or more members, one behind the other",
                    "pack what was added to it as well, or unpack the archive and add to the text");
        }
        int method = next();
        int flags = next();
        if (method != DEFLATE || (flags & RESERVED) != 0) {
            throw damaged();
        }
        skip(6); // time, level, system
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        for (int flag : new int[] {NAME, COMMENT}) {
            while ((flags & flag) != 0 && next() != 0) {
                // A zero-terminated text.
            }
        }
        int found = (int) checksum.getValue() & 0xFFFF;
        if ((flags & HEADER_CHECKSUM) != 0 && (next() | next() << 8) != found) {
            throw damaged();
        }
        inflater.reset();
        checksum.reset();
    }

    private void endMember() throws IOException {
        at = end - inflater.getRemaining();
        long crc = checksum.getValue();
        if (fourBytes() != crc || fourBytes() != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw damaged();
        }
    }

    /** Whether anything other than zeros follows. */
    private boolean more() throws IOException {
        while (at < end || fill()) {
            if (buffer[at] != 0) {
                return true;
            }
            at++;
        }
        return false;
    }

    private long fourBytes() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int bytes) throws IOException {
        for (int k = 0; k < bytes; k++) {
            next();
        }
    }

    private int next() throws IOException {
        need();
        checksum.update(buffer[at]);
        return buffer[at++] & 0xFF;
    }

    private void need() throws IOException {
        if (at == end && !fill()) {
            throw new EOFException();
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private InputException damaged() {
        return DataErrors.of(
                file,
                "a gzip archive that is damaged or cut off" + (members > 1 ? ", in its member " + members : ""),
                "complete archives",
                "copy or unpack it again");
    }

    private void counted(int more) {
        count += more;
        if (count > limit) {
            throw DataErrors.of(
                    file,
                    String.format(Locale.ROOT, "a gzip archive that unpacks to more than %,d bytes", limit),
                    MOST_TIMES + " times its own size, and " + (ALWAYS >> 20) + " MiB in any case",
                    "unpack it yourself if it is what it should be");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
