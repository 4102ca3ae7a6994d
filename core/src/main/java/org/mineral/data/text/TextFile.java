package org.mineral.data.text;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes text files: unpacks gzip with all its members; UTF-8 with or without byte order mark; lines that end with LF, CRLF or CR. Other
 * files are refused with their kind and how to convert them.
 */
public final class TextFile {

    /** Number of bytes needed to recognise a file. */
    static final int HEAD = 64;

    private static final int BLANK = 1 << 12;

    private static final String FROM_UTF_16 = "convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW";

    private TextFile() {}

    /**
     * The bytes of the text, after its byte order mark.
     *
     * @throws org.mineral.config.InputException if its beginning is not text in UTF-8
     */
    public static InputStream open(Path file) throws IOException {
        return open(file, GzipInput.open(file));
    }

    private static InputStream open(Path file, InputStream in) throws IOException {
        try {
            byte[] head = in.readNBytes(HEAD);
            check(file, head);
            int mark = byteOrderMark(head);
            return new SequenceInputStream(new ByteArrayInputStream(head, mark, head.length - mark), in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Whether a file, which may be packed, has only white space. */
    public static boolean isBlank(Path file) throws IOException {
        try (InputStream in = GzipInput.open(file)) {
            byte[] head = in.readNBytes(BLANK);
            int mark = byteOrderMark(head);
            return head.length < BLANK && new String(head, mark, head.length - mark, StandardCharsets.UTF_8).isBlank();
        }
    }

    /** The characters of the text; malformed UTF-8 is refused with its line number. */
    public static Utf8Reader reader(Path file) throws IOException {
        return new Utf8Reader(file, open(file));
    }

    /** As above for a stream, such as standard input; the name is used in messages only. */
    public static Utf8Reader reader(Path name, InputStream stream) throws IOException {
        return new Utf8Reader(name, open(name, GzipInput.open(name, stream, 0)));
    }

    /** All lines, without line ends. */
    public static List<String> lines(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(reader(file))) {
            return reader.lines().toList();
        }
    }

    /** The whole text, with its line ends. */
    public static String text(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Utf8Reader reader = reader(file)) {
            char[] buffer = new char[1 << 14];
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                text.append(buffer, 0, n);
            }
        }
        return text.toString();
    }

    /** The length of the UTF-8 byte order mark; 0 if there is none. */
    public static int byteOrderMark(byte[] head) {
        return startsWith(head, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    }

    /**
     * Refuses known kinds of archives, and text in UTF-16 or UTF-32.
     *
     * @param head the first bytes, unpacked
     */
    public static void check(Path file, byte[] head) {
        String kind = kind(head);
        if (!kind.isEmpty()) {
            throw DataErrors.of(file, kind, "text, plain or in one gzip archive", "unpack or convert it first");
        }
        if (startsWith(head, 0xFF, 0xFE, 0, 0) || startsWith(head, 0, 0, 0xFE, 0xFF)) {
            throw DataErrors.of(
                    file, "text in UTF-32", "text in UTF-8", "convert it: iconv -f UTF-32 -t UTF-8 FILE > NEW");
        }
        if (startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF)) {
            throw DataErrors.of(file, "text in UTF-16", "text in UTF-8", FROM_UTF_16);
        }
        if (everyOtherIsZero(head, 0) || everyOtherIsZero(head, 1)) {
            String order = everyOtherIsZero(head, 0) ? "UTF-16BE" : "UTF-16LE";
            throw DataErrors.of(
                    file, "what looks like text in " + order, "text in UTF-8", FROM_UTF_16.replace("UTF-16", order));
        }
    }

    /** Refuses a NUL in the first bytes of a file. */
    public static void checkNul(Path file, byte[] head) {
        int line = 1;
        for (int k = 0; k < head.length; k++) {
            if (head[k] == 0) {
                throw DataErrors.nul(file, line);
            }
            line += head[k] == '\r' || head[k] == '\n' && (k == 0 || head[k - 1] != '\r') ? 1 : 0;
        }
    }

    /** The kind of a binary file; empty if it may be text. */
    private static String kind(byte[] head) {
        if (startsWith(head, 0x1F, 0x8B)) {
            return "a gzip archive in a gzip archive";
        }
        if (startsWith(head, 'P', 'K', 3, 4)) {
            return "a zip archive";
        }
        if (startsWith(head, 'B', 'Z', 'h')
                && head.length > 6
                && head[4] == 0x31
                && head[5] == 0x41
                && head[6] == 0x59) {
            return "a bzip2 archive";
        }
        if (startsWith(head, 0xFD, '7', 'z', 'X', 'Z')) {
            return "an xz archive";
        }
        if (startsWith(head, '7', 'z', 0xBC, 0xAF)) {
            return "a 7z archive";
        }
        if (startsWith(head, 0x28, 0xB5, 0x2F, 0xFD)) {
            return "a zstd archive";
        }
        return startsWith(head, 'P', 'A', 'R', '1') ? "a Parquet file" : "";
    }

    private static boolean everyOtherIsZero(byte[] head, int first) {
        int length = Math.min(head.length, HEAD) & ~1;
        for (int k = 0; k < length; k++) {
            if ((head[k] == 0) != (k % 2 == first)) {
                return false;
            }
        }
        return length >= 4;
    }

    private static boolean startsWith(byte[] head, int... magic) {
        byte[] wanted = new byte[magic.length];
        for (int k = 0; k < magic.length; k++) {
            wanted[k] = (byte) magic[k];
        }
        return head.length >= wanted.length && Arrays.equals(head, 0, wanted.length, wanted, 0, wanted.length);
    }
}
