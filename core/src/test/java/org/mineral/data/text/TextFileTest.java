package org.mineral.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;

class TextFileTest {

    @TempDir
    Path directory;

    private Path write(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return Files.write(directory.resolve("file"), all.toByteArray());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes(text));
        }
        return packed.toByteArray();
    }

    private void refused(Path file, String... parts) {
        assertThatThrownBy(() -> TextFile.text(file))
                .isInstanceOf(InputException.class)
                .message()
                .contains(parts);
    }

    @Test
    void allMembersOfAnArchiveAreRead() throws IOException {
        Path file = write(gzip("a\n"), gzip(""), gzip("b\n".repeat(100_000)), gzip("c"));
        assertThat(TextFile.text(file)).isEqualTo("a\n" + "b\n".repeat(100_000) + "c");
    }

    @Test
    void zerosBehindAnArchiveArePadding() throws IOException {
        assertThat(TextFile.text(write(gzip("a"), new byte[1000]))).isEqualTo("a");
    }

    @Test
    void aHeaderWithNameCommentExtraFieldAndChecksumIsUnderstood() throws IOException {
        byte[] plain = gzip("a");
        byte[] head = {0x1F, (byte) 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 2, 0, 'x', 'y', 'n', 0, 'c', 0};
        CRC32 crc = new CRC32();
        crc.update(head);
        byte[] sum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
        assertThat(TextFile.text(write(head, sum, body))).isEqualTo("a");
        sum[0]++;
        refused(write(head, sum, body), "damaged");
    }

    @Test
    void bytesBehindAnArchiveAreRefused() throws IOException {
        refused(write(gzip("a,b\n"), bytes("c,d\n")), "behind the end of the gzip archive");
        refused(write(gzip("a,b\n"), new byte[3], bytes("c,d\n")), "behind the end of the gzip archive");
    }

    @Test
    void aLaterMemberWithADamagedHeaderIsRefused() throws IOException {
        for (int at : new int[] {0, 1, 2, 3}) {
            byte[] second = gzip("c,d\n");
            second[at] ^= (byte) 0xE0;
            refused(write(gzip("a,b\n"), second), "gzip");
        }
    }

    @Test
    void anArchiveThatIsCutOffOrChangedAnywhereIsRefused() throws IOException {
        byte[] whole = gzip("alice,x\n".repeat(20));
        for (int length = 2; length < whole.length; length++) {
            refused(write(Arrays.copyOf(whole, length)), "damaged or cut off");
            refused(write(gzip("a,b\n"), Arrays.copyOf(whole, length)), "in its member 2");
        }
        for (int at = 10; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            refused(write(changed), "file");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16LE,2,UTF-16",
        "UTF-16BE,2,UTF-16",
        "UTF-16LE,0,UTF-16LE",
        "UTF-16BE,0,UTF-16BE",
        "UTF-32LE,4,UTF-32"
    })
    void otherEncodingsAreRefusedWithTheCommandThatConvertsThem(String charset, int mark, String named)
            throws IOException {
        Path file = write(((mark > 0 ? "\uFEFF" : "") + "user,item\na,x\n").getBytes(Charset.forName(charset)));
        refused(file, "iconv -f " + named + " -t UTF-8 FILE > NEW");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheTextPackedOrNot() throws IOException {
        assertThat(TextFile.text(write(bytes("\uFEFFa\uFEFF")))).isEqualTo("a\uFEFF");
        assertThat(TextFile.text(write(gzip("\uFEFFa")))).isEqualTo("a");
    }

    @Test
    void linesEndWithAnyOfTheThreeEnds() throws IOException {
        assertThat(TextFile.lines(write(bytes("a\nb\r\nc\rd\n\ne")))).containsExactly("a", "b", "c", "d", "", "e");
        refused(write(bytes("a\rb\r\nc\n\0")), ":4:");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {",", ";", "|"})
    void quotedFieldsMayContainAnything(String separator) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        String letters = "ab\r\n\"'\\#%\t " + separator;
        for (int round = 0; round < 3000; round++) {
            int rows = random.nextInt(1, 4);
            StringBuilder text = new StringBuilder();
            String[][] fields = new String[rows][2];
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < 2; c++) {
                    StringBuilder field = new StringBuilder();
                    for (int n = random.nextInt(5); n >= 0; n--) {
                        field.append(letters.charAt(random.nextInt(letters.length())));
                    }
                    fields[r][c] = field.toString();
                    text.append(c > 0 ? separator : "");
                    text.append('"').append(fields[r][c].replace("\"", "\"\"")).append('"');
                }
                String end = new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)];
                text.append(r + 1 == rows && random.nextBoolean() ? "" : end);
            }
            try (DelimitedRows read =
                    new DelimitedRows(directory, TextFile.reader(write(bytes(text.toString()))), separator, 1)) {
                for (String[] row : fields) {
                    assertThat(read.next().fields()).as(text.toString()).containsExactly(row);
                }
                assertThat(read.next()).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a,b\n\"c,d\n", "a,b\nc,\"d\n", "a,b\n\"c\"d,e\n", "a,b\n\"c\\\"d\",e\n", "a,b\nc,\"d\ne,f\n"})
    void aQuoteThatIsNotClosedIsRefused(String text) throws IOException {
        try (DelimitedRows rows = new DelimitedRows(Path.of("f"), TextFile.reader(write(bytes(text))), ",", 1)) {
            assertThat(rows.next().fields()).containsExactly("a", "b");
            assertThatThrownBy(rows::next)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("f:2: found a row that cannot be parsed");
        }
    }
}
