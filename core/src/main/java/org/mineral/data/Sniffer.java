package org.mineral.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognises a file's format by its first lines, unpacked if it is a gzip archive; the extension does not matter.
 * <ol>
 *   <li>What a {@link TableFormat} recognises, such as Parquet.
 *   <li>{@code &#123;} at the start of the first line: JSON lines.
 *   <li>Tab-separated {@code name:type} fields, type one of token, token_seq, float, float_seq: RecBole {@code .inter}.
 *   <li>A tab, {@code ::}, {@code ;} or {@code ,} outside quotes in the first line: delimited. Of several, the first of
 *       this list that stands equally often in each of the first lines, else the first that is there.
 *   <li>Digits and spaces: LightGCN text. So {@code 3 17} is user 3 with item 17 in either reading, but
 *       {@code 3 17 5} is user 3 with the items 17 and 5, never a rating: rows with ratings need another separator.
 *   <li>Text and pairs {@code number:number}, separated by spaces: lists with ratings.
 *   <li>Anything else is refused.
 * </ol>
 *
 * @param separator between fields of delimited text; empty elsewhere
 * @param bom length of the byte order mark to skip, 0 or 3
 */
record Sniffer(Kind kind, String separator, int bom) {

    enum Kind {
        /** Rows with separators, RecBole's included. */
        DELIMITED,
        /** {@code user item item ...}. */
        LISTS,
        /** {@code user item:rating item:rating ...}. */
        RATED_LISTS,
        JSON_LINES,
        /** For a {@link TableFormat}. */
        TABLE
    }

    private static final int HEAD = 1 << 16;
    private static final int LINES = 20;
    private static final List<String> SEPARATORS = List.of("\t", "::", ";", ",");
    private static final Pattern INTER_HEADER =
            Pattern.compile("[^\t:]+:(token|float)(_seq)?(\t[^\t:]+:(token|float)(_seq)?)+");
    private static final Pattern RATED_LIST = Pattern.compile("[^ :]+( +[0-9]+:[^ :]+)+ *");

    static Sniffer sniff(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Packed.open(file)) {
            head = in.readNBytes(HEAD);
        }
        if (TableFormat.of(head).isPresent()) {
            return new Sniffer(Kind.TABLE, "", 0);
        }
        refuseOtherKinds(file, head);
        int bom = startsWith(head, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        String text = new String(head, bom, head.length - bom, StandardCharsets.UTF_8);
        int skipped = text.length() - text.stripLeading().length();
        int line = 1
                + (int) text.substring(0, skipped)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        if (skipped == text.length()) {
            throw Refusal.of(
                    file,
                    head.length == 0 ? "an empty file" : "nothing but white space",
                    "a file of interactions",
                    "check that it was written completely");
        }
        // white space at the start of a line may be an empty first field; only blank lines are skipped
        String body = text.substring(text.lastIndexOf('\n', skipped) + 1);
        List<String> lines =
                body.lines().dropWhile(String::isBlank).limit(LINES + 1).toList();
        if (lines.size() > 1) {
            lines = lines.subList(0, lines.size() - 1); // the last may have been cut
        }
        return sniff(file, lines, line, bom);
    }

    private static Sniffer sniff(Path file, List<String> lines, int line, int bom) {
        String first = lines.get(0);
        if (INTER_HEADER.matcher(first).matches()) {
            return new Sniffer(Kind.DELIMITED, "\t", bom);
        }
        if (first.stripLeading().startsWith("{")) {
            return new Sniffer(Kind.JSON_LINES, "", bom);
        }
        if (first.strip().startsWith("[{") || first.strip().equals("[")) {
            throw Refusal.at(
                    file,
                    line,
                    "a JSON array",
                    "JSON lines, one object a line without commas between them",
                    "write it so, or import it: data import --sql \"select user, item from '" + file + "'\"");
        }
        if (RATED_LIST.matcher(first).matches()) {
            return new Sniffer(Kind.RATED_LISTS, "", bom);
        }
        List<String> present =
                SEPARATORS.stream().filter(s -> count(first, s) > 0).toList();
        if (!present.isEmpty()) {
            List<String> regular = present.stream()
                    .filter(s -> lines.stream().allMatch(l -> l.isBlank() || count(l, s) == count(first, s)))
                    .toList();
            return new Sniffer(Kind.DELIMITED, regular.isEmpty() ? present.get(0) : regular.get(0), bom);
        }
        char start = first.strip().charAt(0);
        if (start >= '0' && start <= '9' || start == '-' || start == '+') {
            return new Sniffer(Kind.LISTS, "", bom);
        }
        throw Refusal.at(
                file,
                line,
                Refusal.quote(first),
                "rows 'user,item[,rating][,timestamp]' separated by , ; tab or ::, RecBole .inter, lines of integers"
                        + " 'user item item ...', JSON lines, or Parquet",
                "write the file in one of these formats");
    }

    private static int count(String line, String separator) {
        int count = 0;
        boolean quoted = false;
        for (int k = 0; k < line.length(); k++) {
            if (line.charAt(k) == '"') {
                quoted = !quoted;
            } else if (!quoted && line.startsWith(separator, k)) {
                count++;
                k += separator.length() - 1;
            }
        }
        return count;
    }

    private static void refuseOtherKinds(Path file, byte[] head) {
        String kind = kind(head);
        if (!kind.isEmpty()) {
            throw Refusal.of(file, kind, "text, plain or in one gzip archive", "unpack or convert it first");
        }
        if (startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF)) {
            throw Refusal.of(file, "text in UTF-16", "text in UTF-8", "save it as UTF-8");
        }
        int line = 1;
        for (byte b : head) {
            if (b == 0) {
                throw Refusal.binary(file, line, "a NUL byte");
            }
            line += b == '\n' ? 1 : 0;
        }
    }

    /** Of what is no text; empty if it may be. */
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

    private static boolean startsWith(byte[] head, int... magic) {
        byte[] wanted = new byte[magic.length];
        for (int k = 0; k < magic.length; k++) {
            wanted[k] = (byte) magic[k];
        }
        return head.length >= wanted.length && Arrays.equals(head, 0, wanted.length, wanted, 0, wanted.length);
    }
}
