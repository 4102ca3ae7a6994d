package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.PairList;
import org.mineral.data.rows.DatasetBuilder;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.text.TextBlocks;
import org.mineral.data.text.TextFile;
import org.mineral.data.text.Utf8Reader;

/** The parallel reader against the general one, with blocks so small that rows fall into many of them. */
class FastCsvReaderTest {

    @TempDir
    Path directory;

    /** What the general reader makes of it; the message if it refuses. */
    private String general(byte[] content, FormatDetector sniffed, ReadOptions options) throws IOException {
        DatasetBuilder builder = new DatasetBuilder();
        Path file = directory.resolve("data");
        ByteArrayInputStream in = behind(content, sniffed);
        try {
            builder.put(
                    "train",
                    new DelimitedReader(file, "train", sniffed, options, builder).read(new Utf8Reader(file, in)));
        } catch (InputException e) {
            return e.getMessage();
        }
        return text(builder.build("general"));
    }

    /** What the parallel reader makes of it; null if it leaves it to the general one. */
    private String plain(byte[] content, FormatDetector sniffed, ReadOptions options, int block) throws IOException {
        DatasetBuilder builder = new DatasetBuilder();
        TextBlocks blocks = new TextBlocks(behind(content, sniffed), block);
        PairList pairs = new FastCsvReader(directory.resolve("data"), "train", sniffed, options, builder).read(blocks);
        if (pairs == null) {
            return null;
        }
        builder.put("train", pairs);
        return text(builder.build("plain"));
    }

    private static ByteArrayInputStream behind(byte[] content, FormatDetector sniffed) {
        int skip = TextFile.byteOrderMark(content) + sniffed.preamble().bytes();
        return new ByteArrayInputStream(content, skip, content.length - skip);
    }

    private static String text(Dataset data) {
        return data.users().ids() + "\n" + data.items().ids() + "\n"
                + data.report().lines() + "\n" + Files4Tests.content(data);
    }

    private void same(byte[] content, boolean mustBePlain) throws IOException {
        FormatDetector sniffed;
        try {
            sniffed = FormatDetector.sniff(Files4Tests.write(directory, "data", content));
        } catch (InputException e) {
            return;
        }
        if (sniffed.kind() != FormatDetector.Kind.DELIMITED) {
            return;
        }
        for (ReadOptions options :
                new ReadOptions[] {ReadOptions.DEFAULTS, ReadOptions.DEFAULTS.with("min_rating", 2.5)}) {
            String expected = general(content, sniffed, options);
            for (int block : new int[] {64, 100, 4096}) {
                String plain = plain(content, sniffed, options, block);
                if (mustBePlain || plain != null) {
                    assertThat(plain).isEqualTo(expected);
                }
            }
        }
    }

    private static byte[] rows(String separator, String end, boolean header, SplittableRandom random) {
        StringBuilder text =
                new StringBuilder(header ? String.join(separator, "user", "item", "rating", "time") + end : "");
        String[] ratings = {
            "1", "2.5", "3.75", "5.0", "0.1", "00.3", "4.", "1e0", "12345678.25", "-1", " 2 ", "16777217"
        };
        String[] times = {"978300760", "1", "1365029107123", "-5", "1.365029107E9", "2013-02-28", "0012"};
        for (int k = 0; k < 300; k++) {
            String user = random.nextInt(10) == 0
                    ? List.of(" é" + random.nextInt(9), "NULL", "user", "#7", "uid")
                            .get(random.nextInt(5))
                    : "u" + random.nextInt(40);
            String item = random.nextInt(20) == 0
                    ? List.of("i\u2003", "item", "nan").get(random.nextInt(3))
                    : Integer.toString(random.nextInt(30));
            text.append(String.join(
                            separator,
                            user,
                            item,
                            ratings[random.nextInt(ratings.length)],
                            times[random.nextInt(times.length)]))
                    .append(end);
            if (random.nextInt(30) == 0) {
                text.append(random.nextBoolean() ? end : "  " + end);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {",|LF|true", ";|CRLF|true", "TAB|LF|false", ",|CRLF|false"})
    void bothReadersGiveTheSameRows(String separator, String end, boolean header) throws IOException {
        same(
                rows(separator.replace("TAB", "\t"), end.equals("LF") ? "\n" : "\r\n", header, new SplittableRandom(4)),
                true);
    }

    @Test
    void listsAreReadTheSameInBlocksOfAnySize() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 200; k++) {
            text.append(random.nextInt(50));
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(" ").append(random.nextInt(3) == 0 ? Integer.MAX_VALUE - n : random.nextInt(60));
            }
            text.append(k % 7 == 0 ? " \r\n\n" : k % 5 == 0 ? "\r" : "\n");
        }
        byte[] content = text.append("3 4").toString().getBytes(StandardCharsets.UTF_8);
        String whole = lists(content, content.length + 1);
        for (int block : new int[] {16, 64, 100, 4096}) {
            assertThat(lists(content, block)).isEqualTo(whole);
        }
        byte[] bad = (text + "\n5 x").getBytes(StandardCharsets.UTF_8);
        assertThat(lists(bad, 64)).isEqualTo(lists(bad, bad.length + 1)).contains("'x'");
    }

    private String lists(byte[] content, int block) throws IOException {
        DatasetBuilder builder = new DatasetBuilder();
        try {
            builder.put(
                    "train",
                    new LightGcnReader(directory.resolve("data"), "train", 0, ReadOptions.DEFAULTS, builder)
                            .read(new TextBlocks(new ByteArrayInputStream(content), block)));
        } catch (InputException e) {
            return e.getMessage();
        }
        return text(builder.build("lists"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user,item\na,x\n\"b\",y\n",
                "user,item\na,x\nb\n",
                "user,item\na,x\rb,y\n",
                "user,item\na,x\n ,y\n",
                "user,item,rating\na,x,3\nb,y,NaN\n",
                "user,item,time\na,x,3\nb,y,soon\n",
                "1::2::3\n",
            })
    void whatTakesMoreCareIsLeftToTheGeneralReader(String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        FormatDetector sniffed = FormatDetector.sniff(Files4Tests.write(directory, "data", content));
        assertThat(plain(content, sniffed, ReadOptions.DEFAULTS, 1 << 16)).isNull();
    }

    @Tag("slow")
    @Test
    void theFastReaderAgreesWithTheGeneralOne() throws IOException {
        byte[] spice = "\0\n\r\t ,;:\"'-+.eE0123456789aN\u00ff\uFEFF".getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(5);
        String[] valid = {
            "# made by hand, 2024\nuser,item\na,x\n# more\nuser,item\nb,y\n",
            "user,item,rating,timestamp\na,x,1,100\nb,yz,2.5,200\nc,x,3,300\n",
            "user_id:token\titem_id:token\trating:float\n1\t2\t3\n4\t5\t1.5\n",
            "1;2\n3;4\n",
        };
        for (int round = 0; round < 2000; round++) {
            byte[] content = valid[round % valid.length].getBytes(StandardCharsets.UTF_8);
            for (int m = random.nextInt(1, 4); m > 0; m--) {
                content[random.nextInt(content.length)] =
                        random.nextInt(4) == 0 ? (byte) random.nextInt(256) : spice[random.nextInt(spice.length)];
            }
            same(content, false);
        }
    }
}
