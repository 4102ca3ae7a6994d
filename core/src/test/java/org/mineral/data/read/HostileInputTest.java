package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.data.read.Files4Tests.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.NoDataException;
import org.mineral.data.items.ItemTable;
import org.mineral.data.rows.ReadOptions;

@Tag("slow")
class HostileInputTest {

    @TempDir
    Path directory;

    private void refused(byte[] content, String... parts) {
        Path file = write(directory, "data", content);
        assertThatThrownBy(() -> Datasets.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("found ")
                .hasMessageContaining("allowed: ")
                .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("\n"));
    }

    private void refused(String content, String... parts) {
        refused(content.getBytes(StandardCharsets.UTF_8), parts);
    }

    @ParameterizedTest(name = "{0} is refused at line {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "0 1\\n1 -5\\n|2|'-5'",
                "-1 1\\n|1|'-1'",
                "0 1\\n99999999999999 2\\n|2|'99999999999",
                "0 2147483648\\n|1|'2147483648'",
                "0 1\\n\\n1 007\\n|3|'00",
                "0 1\\n1 x\\n|2|'x'",
                "0 1\\n1 1.5\\n|2|'1.5'",
                "0 1\\n1\\t5\\n|2|'1",
                "0 1\\n1 \\0\\n|2|a NUL",
                "user,item\\na,x\\nb\\n|3|1 field;",
                "user,item\\na,x\\nb,y,z\\n|3|3 fields",
                "user,item\\n,x\\n|2|a blank user",
                "user,item\\na,  \\n|2|a blank item",
                "user,item,rating\\na,x,NaN\\n|2|the rating 'NaN'",
                "user,item,rating\\na,x,-Infinity\\n|2|the rating '-Infinity'",
                "user,item,rating\\na,x,good\\n|2|the rating 'good'",
                "user,item,rating\\na,x,\\n|2|the rating ''",
                "user,item,timestamp\\na,x,1\\na,y,soon\\n|3|the timestamp 'soon'",
                "user,item,timestamp\\na,x,NaN\\n|2|the timestamp 'NaN'",
                "user,item,timestamp\\na,x,1e400\\n|2|the timestamp '1e400'",
                "user,item,timestamp\\na,x,\\n|2|the timestamp ''",
                "user,thing\\na,x\\n|1|the header",
                "alpha,beta\\n1,2\\n|1|the header",
                "user,user_id,item\\na,b,c\\n|1|several columns for the user",
                "a,b,c,d,e\\n|1|5 fields and no header",
                "hello\\n|1|'hello'",
                "alice bob\\n|1|'alice bob'",
                "user,item\\n\"a,x\\n|2|a row that cannot be parsed",
                "user,item\\na,x\\na,\"y\\nb,z\\n|3|a row that cannot be parsed",
                "user,item\\na,x\\n\"a\"b,y\\n|3|a row that cannot be parsed",
            })
    void aLineThatCannotBeParsedIsNamed(String content, int line, String found) {
        String text = content.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");
        refused(text, ":" + line + ":", "found " + found);
    }

    /** Nobody knows which of the two values is meant. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"user\":\"a\",\"item\":\"x\",\"item\":\"y\"}|item",
                "{\"user\":\"a\",\"item\":\"x\",\"\\u0069tem\":\"y\"}|item",
                "{\"user\":\"a\",\"item\":\"x\",\"n\":1,\"n\":1}|n",
                "{\"user\":\"a\",\"item\":\"x\",\"m\":[{\"k\":1,\"k\":2}]}|k"
            })
    void aNameTwiceInAnObjectIsRefusedOrLeftOut(String line, String name) throws IOException {
        String text = "{\"user\":\"a\",\"item\":\"y\"}\n" + line + "\n";
        refused(text, ":2: found '" + name + "' twice in an object", "each name once");
        Path file = write(directory, "data", text);
        Dataset rest = Datasets.read(file, ReadOptions.DEFAULTS.with("skip_bad", true));
        assertThat(rest.train().size()).isEqualTo(1);
        assertThat(rest.report().lines()).anyMatch(note -> note.contains("1 ") && note.contains("left out"));
        Path items = write(directory, "items", line.replace("\"item\":\"y\"", "\"item\":\"x\"") + "\n");
        assertThatThrownBy(() -> ItemTable.read(items)).hasMessageContaining("items:1: found '" + name + "' twice");
    }

    @Test
    void onlyAFirstLineIsTakenForAHeaderGoneWrong() {
        Path file = write(directory, "data", "user,item,rating\na,x,good\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Datasets.read(file)).message().endsWith("rating=none");
    }

    @Test
    void anEmptyPartForTestingIsNoFault() {
        write(directory, "train.csv", "user,item\na,x\n");
        write(directory, "valid.csv", "user,item\n");
        write(directory, "test.csv", "");
        Dataset data = Datasets.read(directory);
        assertThat(data.train().size()).isEqualTo(1);
        assertThat(data.valid().size() + data.test().size()).isZero();
        assertThat(data.report().lines()).contains("1 empty files of test, left out");
        write(directory, "train.csv", "\n");
        assertThatThrownBy(() -> Datasets.read(directory)).isInstanceOf(NoDataException.class);
        write(directory, "train.csv", "user,item,rating\na,x,1\n");
        assertThatThrownBy(() -> Datasets.read(directory, ReadOptions.DEFAULTS.with("min_rating", 2.0)))
                .as("its rows are there, and were left out")
                .isInstanceOf(InputException.class)
                .isNotInstanceOf(NoDataException.class);
    }

    @Test
    void nothingToTrainOnIsRefused() {
        refused("", "an empty file");
        refused(" \n\r\n", "nothing but white space");
        refused("user,item\n", "no interactions");
        refused("0\n1\n2\n", "no interactions");
    }

    @Test
    void otherKindsOfFilesAreNamed() {
        refused(new byte[] {0x1F, (byte) 0x8B, 8, 0}, "a gzip archive that is damaged");
        refused(new byte[] {'P', 'K', 3, 4, 0}, "a zip archive");
        refused(new byte[] {'B', 'Z', 'h', '9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59}, "a bzip2 archive");
        refused(new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0}, "an xz archive");
        refused(new byte[] {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27}, "a 7z archive");
        refused(new byte[] {'P', 'A', 'R', '1', 0}, "a Parquet file");
        refused("user,item\n".getBytes(StandardCharsets.UTF_16), "UTF-16");
        refused(new byte[] {'a', '\n', 'b', 0, 'c'}, ":2:", "a NUL character");
    }

    @Test
    void malformedUtf8IsNamedWithItsLineEvenFarIntoTheFile() {
        byte[] bytes = ("user,item\n" + "alice,x\n".repeat(50_000)).getBytes(StandardCharsets.UTF_8);
        bytes[10 + 8 * 49_997] = (byte) 0xE9;
        refused(bytes, ":49999:", "0xe9");
    }

    @Test
    void aNulFarIntoTheFileIsNamedWithItsLine() {
        refused("user,item\n" + "alice,x\n".repeat(50_000) + "a\0,b\n", ":50002:", "NUL");
        refused("1 2\n".repeat(50_000) + "3 \0\n", ":50001:", "NUL");
    }

    @Test
    void anEndlessLineIsRefusedBeforeItFillsTheMemory() {
        byte[] digits = new byte[(64 << 20) + 100];
        Arrays.fill(digits, (byte) ' ');
        digits[0] = '1';
        refused(digits, ":1:", "64 MiB");
        Arrays.fill(digits, (byte) 'x');
        System.arraycopy("user,item\na,".getBytes(StandardCharsets.UTF_8), 0, digits, 0, 12);
        refused(digits, ":2:");
    }

    @Test
    void missingAndAmbiguousFilesAreExplained() throws IOException {
        assertThatThrownBy(() -> Datasets.read(directory.resolve("none")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing there");
        assertThatThrownBy(() -> Datasets.read(directory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no file named train.*");
        write(directory, "test.txt", "0 1\n");
        assertThatThrownBy(() -> Datasets.read(directory)).hasMessageContaining("no train.* beside test.*");
        write(directory, "train.txt", "0 1\n");
        write(directory, "train.csv", "0,1\n");
        assertThatThrownBy(() -> Datasets.read(directory))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("several: train.csv, train.txt");
        Files.delete(directory.resolve("train.csv"));
        assertThat(Datasets.read(directory).train().size()).isEqualTo(1);
        assertThatThrownBy(() -> Datasets.read("\0")).isInstanceOf(InputException.class);
    }

    @Test
    void controlCharactersOfTheInputNeverReachTheTerminal() {
        refused("user,item,rating\na,x,\u001b[31m\n", "\\u001b[31m");
    }

    @Test
    void anyMutationOfAValidFileIsReadOrRefused() {
        String[] valid = {
            "0 1 2 3\n1 2 4\n2\n3 0 1\n",
            "user,item,rating,timestamp\na,x,1,100\nb,\"y,z\",2.5,200\nc,x,3,300\n",
            "user_id:token\titem_id:token\trating:float\n1\t2\t3\n4\t5\t1.5\n",
            "1::2::3::978300760\n2::3::4::978300761\n",
            "1;2\n3;4\n",
        };
        byte[] spice = "\0\n\r\t ,;:\"'-+.eE0123456789aN\u00ff\uFEFF".getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(7);
        int read = 0;
        int total = 600;
        for (int round = 0; round < total; round++) {
            byte[] bytes = valid[round % valid.length].getBytes(StandardCharsets.UTF_8);
            for (int m = random.nextInt(1, 5); m > 0 && bytes.length > 0; m--) {
                bytes = mutate(bytes, spice, random);
            }
            Path file = write(directory, "fuzz", bytes);
            try {
                Dataset data = Datasets.read(file);
                assertThat(data.train().size()).isPositive();
                read++;
            } catch (InputException e) {
                assertThat(e.getMessage()).contains("found ", "allowed: ");
            }
        }
        assertThat(read).as("some mutations are harmless, some are not").isBetween(total / 10, total * 9 / 10);
    }

    private static byte[] mutate(byte[] bytes, byte[] spice, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        byte[] mutated = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> mutated[at] = (byte) random.nextInt(256);
            case 1 -> mutated[at] = spice[random.nextInt(spice.length)];
            case 2 -> mutated = Arrays.copyOf(bytes, at);
            default -> {
                mutated = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, mutated, at + 1, bytes.length - at);
                mutated[at] = spice[random.nextInt(spice.length)];
            }
        }
        return mutated;
    }
}
