package org.mineral.data.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.mineral.config.InputException;

/**
 * Decodes UTF-8 from an untrusted stream: NUL characters, malformed bytes and lines that are too long are refused with their line number,
 * which the JDK's decoders do not report.
 */
public final class Utf8Reader extends Reader {

    /** The longest line: in bytes for LightGCN text, otherwise in characters. */
    public static final long LONGEST_LINE = 64L << 20;

    private final Path file;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
    private final CharBuffer chars = CharBuffer.allocate(1 << 16).flip();
    private boolean ended;
    private boolean flushed;
    private final boolean lenient;
    private final long longest;
    private long line;
    private long lineLength;
    private boolean afterReturn;

    public Utf8Reader(Path file, InputStream in) {
        this(file, in, 1, false);
    }

    /**
     * @param firstLine the number of the line at which the text begins
     * @param lenient whether what is no UTF-8 becomes a NUL character, and NULs stay, so that a reader of rows can leave out those
     *     that have any
     */
    public Utf8Reader(Path file, InputStream in, long firstLine, boolean lenient) {
        this(file, in, firstLine, lenient, LONGEST_LINE);
    }

    private Utf8Reader(Path file, InputStream in, long firstLine, boolean lenient, long longest) {
        this.file = file;
        this.in = in;
        this.line = firstLine;
        this.lenient = lenient;
        this.longest = longest;
    }

    /** For text without line structure, whose lines may have any length. */
    static Utf8Reader ofAnyLines(Path file, InputStream in, long firstLine, boolean lenient) {
        return new Utf8Reader(file, in, firstLine, lenient, Long.MAX_VALUE);
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (flushed) {
                return -1;
            }
            fill();
        }
        int n = Math.min(length, chars.remaining());
        chars.get(target, offset, n);
        return n;
    }

    private void fill() throws IOException {
        bytes.compact();
        if (!ended) {
            int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
            ended = n < 0;
            bytes.position(bytes.position() + Math.max(0, n));
        }
        bytes.flip();
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, ended);
        while (lenient && result.isError() && chars.hasRemaining()) {
            bytes.position(bytes.position() + result.length());
            chars.put('\0');
            result = decoder.decode(bytes, chars, ended);
        }
        if (ended && result.isUnderflow() && !bytes.hasRemaining()) {
            flushed = decoder.flush(chars).isUnderflow();
        }
        chars.flip();
        check();
        if (result.isError() && !lenient) {
            throw DataErrors.binary(
                    file,
                    line,
                    String.format(
                            Locale.ROOT, "the byte 0x%02x, which is not UTF-8 here", bytes.get(bytes.position())));
        }
    }

    private void check() {
        for (int k = 0; k < chars.limit(); k++) {
            char c = chars.get(k);
            if (c == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = c == '\r';
            if (c == '\n' || c == '\r') {
                line++;
                lineLength = 0;
            } else if (c == 0 && !lenient) {
                throw DataErrors.nul(file, line);
            } else if (++lineLength > longest) {
                throw tooLong(file, line);
            }
        }
    }

    public static InputException tooLong(Path file, long line) {
        return DataErrors.at(
                file,
                line,
                "a line of more than 64 MiB",
                "shorter lines",
                "check that this is the right file, one line a row");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
