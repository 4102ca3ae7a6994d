package org.mineral.data;

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
import org.mineral.config.InputException;

/**
 * Text in UTF-8 from a stream that may hold anything: NUL characters, malformed bytes and lines of absurd length are refused with the
 * number of their line, which the decoders of the JDK do not know.
 */
final class Utf8Reader extends Reader {

    /** In bytes for LightGCN text, in characters elsewhere. */
    static final long LONGEST_LINE = 64L << 20;

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
    private long line = 1;
    private long lineLength;
    private char last;

    Utf8Reader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
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
        if (ended && result.isUnderflow() && !bytes.hasRemaining()) {
            flushed = decoder.flush(chars).isUnderflow();
        }
        chars.flip();
        check();
        if (result.isError()) {
            throw Refusal.binary(
                    file, line, String.format("the byte 0x%02x, which is not UTF-8 here", bytes.get(bytes.position())));
        }
    }

    private void check() {
        for (int k = 0; k < chars.limit(); k++) {
            char c = chars.get(k);
            last = c == '\n' || c == '\r' ? last : c;
            if (c == '\n') {
                line++;
                lineLength = 0;
            } else if (c == 0) {
                throw Refusal.binary(file, line, "a NUL character");
            } else if (++lineLength > LONGEST_LINE) {
                throw tooLong(file, line);
            }
        }
    }

    /** The last character read so far that is no line end. */
    char last() {
        return last;
    }

    static InputException tooLong(Path file, long line) {
        return Refusal.at(
                file,
                line,
                "a line of more than 64 MiB",
                "shorter lines",
                "check that this is a file of interactions, one line a row");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
