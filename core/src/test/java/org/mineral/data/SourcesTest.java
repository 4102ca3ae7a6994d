package org.mineral.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.data.Files4Tests.content;
import static org.mineral.data.Files4Tests.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;

/** Where data come from: archives, patterns, JSON lines, lists with ratings, other projects' directories, named columns. */
class SourcesTest {

    @TempDir
    Path directory;

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private Dataset read(String text, ReadOptions options) {
        return Dataset.read(write(directory, "data", text), options);
    }

    private static ReadOptions options(String... namesAndValues) {
        ReadOptions options = ReadOptions.DEFAULTS;
        for (int k = 0; k < namesAndValues.length; k += 2) {
            options = options.with(namesAndValues[k], namesAndValues[k + 1]);
        }
        return options;
    }

    private static void refused(Runnable reading, String... parts) {
        assertThatThrownBy(reading::run)
                .isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts).contains("allowed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 1 2\n1 2\n",
                "user,item,rating\n\"a,b\",x,3\nc,y,4\n",
                "user,item\na,x\nb,y\n",
                "{\"user\": \"a\", \"item\": \"x\"}\n",
                "7 1:2.5 3:4\n"
            })
    void aGzipArchiveIsReadLikeItsContent(String text) throws IOException {
        Path plain = write(directory, "plain", text);
        Path packed = write(directory, "packed.gz", gzip(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(content(Dataset.read(packed)))
                .isEqualTo(content(Dataset.read(plain)))
                .isNotEmpty();
    }

    @Test
    void twoArchivesInOneFileAreBothRead() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip("a,x\n".getBytes(StandardCharsets.UTF_8)));
        both.write(gzip("b,y\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(content(Dataset.read(write(directory, "two.gz", both.toByteArray()))))
                .containsExactly("train/a/x", "train/b/y");
    }

    @Test
    void anArchiveThatUnpacksToTooMuchIsRefused() throws IOException {
        byte[] line = new byte[1 << 20];
        Arrays.fill(line, (byte) '\n');
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("user,item\n".getBytes(StandardCharsets.UTF_8));
            for (int k = 0; k <= Packed.ALWAYS >> 20; k++) {
                out.write(line);
            }
        }
        assertThat(packed.size() * Packed.MOST_TIMES).isLessThan((int) Packed.ALWAYS);
        Path bomb = write(directory, "bomb.csv.gz", packed.toByteArray());
        refused(() -> Dataset.read(bomb), "bomb.csv.gz", "unpacks to more than", "64 MiB");
    }

    @Test
    void aDamagedArchiveIsRefusedWithItsName() throws IOException {
        byte[] good = gzip("user,item\na,x\nb,y\n".getBytes(StandardCharsets.UTF_8));
        refused(
                () -> Dataset.read(write(directory, "cut.gz", Arrays.copyOf(good, good.length - 12))),
                "cut.gz",
                "damaged or cut off");
        refused(
                () -> Dataset.read(write(directory, "head.gz", Arrays.copyOf(good, 5))),
                "head.gz",
                "damaged or cut off");
        byte[] twice = gzip(good);
        refused(() -> Dataset.read(write(directory, "twice.gz", twice)), "a gzip archive in a gzip archive");
    }

    @Test
    void aPatternStandsForAllFilesThatMatch() throws IOException {
        Files.createDirectories(directory.resolve("logs/b"));
        write(directory.resolve("logs"), "2.csv", "user,item\nb,y\n");
        write(directory.resolve("logs"), "1.csv", "item,user\nx,a\n");
        write(directory.resolve("logs"), ".hidden.csv", "user,item\nno,no\n");
        write(directory.resolve("logs/b"), "3.csv.gz", gzip("user,item\nc,z\n".getBytes(StandardCharsets.UTF_8)));
        Dataset flat = Dataset.read(directory.resolve("logs/*.csv"));
        assertThat(content(flat)).containsExactly("train/a/x", "train/b/y");
        assertThat(flat.users().ids()).as("in the order of the names").containsExactly("a", "b");
        assertThat(content(Dataset.read(directory.resolve("logs/**.{csv,csv.gz}"))))
                .containsExactly("train/a/x", "train/b/y", "train/c/z");
        refused(() -> Dataset.read(directory.resolve("logs/*.tsv")), "no file that matches");
    }

    @Test
    void filesOfOnePartMustHaveTheSameColumns() {
        Path one = write(directory, "one.csv", "user,item,rating\na,x,3\n");
        Path two = write(directory, "two.csv", "user,item\na,y\n");
        refused(
                () -> Dataset.read("both", List.of(one, two), ReadOptions.DEFAULTS),
                "two.csv",
                "no ratings",
                "--rating none");
        assertThat(content(Dataset.read("both", List.of(one, two), options("rating", "none"))))
                .containsExactly("train/a/x", "train/a/y");
    }

    @Test
    void jsonLinesAreReadByTheNamesOfTheirFields() {
        Dataset data = read(
                "{\"time\": 100, \"movieId\": 7, \"extra\": {\"a\": [1, 2]}, \"user_id\": \"\\u00e9\\t\\\"\", \"rating\": 3.5}\n"
                        + "\n"
                        + "{\"user_id\": \"b\", \"movieId\": \"007\", \"rating\": \"2\", \"time\": \"1970-01-02\", \"new\": null}",
                ReadOptions.DEFAULTS);
        assertThat(content(data)).containsExactly("train/b/007/2.0/86400", "train/\u00e9\t\"/7/3.5/100");
        assertThat(data.report().sources())
                .containsExactly("data: user = 'user_id', item = 'movieId', rating = 'rating', time = 'time'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"item\": \"x\"}|2|a blank user",
                "{\"user\": null, \"item\": \"x\"}|2|a blank user",
                "{\"user\": [\"a\"], \"item\": \"x\"}|2|a list or an object in 'user'",
                "{\"user\": \"a\", \"item\": \"x\"|2|'{\"user\"",
                "[1]|2|'[1]'",
                "{\"user\": \"a\", \"item\": \"x\"} {}|2|'{\"user\"",
                "{\"user\": \"\\ud800\", \"item\": \"x\"}|2|half a surrogate pair",
                "{\"user\": \"a\\u0000\", \"item\": \"x\"}|2|a NUL character",
                "nonsense|2|'nonsense'"
            })
    void aLineThatIsNoInteractionIsNamed(String line, int number, String found) {
        refused(
                () -> read("{\"user\": \"a\", \"item\": \"y\"}\n" + line + "\n", ReadOptions.DEFAULTS),
                ":" + number + ":",
                found);
    }

    @Test
    void aJsonArrayIsNoListOfLines() {
        refused(
                () -> read("[{\"user\": 1, \"item\": 2},\n{\"user\": 1, \"item\": 3}]", ReadOptions.DEFAULTS),
                "a JSON array",
                "--sql");
        refused(() -> read("[\n{\"user\": 1, \"item\": 3}]", ReadOptions.DEFAULTS), "a JSON array");
    }

    @Test
    void listsWithRatingsAreRead() {
        assertThat(content(read("u1 10:3 7:-0.5\n12 7:1e1 \n\n5\n", ReadOptions.DEFAULTS)))
                .containsExactly("train/12/7/10.0", "train/u1/10/3.0", "train/u1/7/-0.5");
        refused(() -> read("1 2:3\n4 5\n", ReadOptions.DEFAULTS), ":2:", "'5'", "item:rating");
        refused(() -> read("1 2:3\n4 5:x\n", ReadOptions.DEFAULTS), ":2:", "the rating 'x'");
    }

    @Test
    void directoriesOfOtherProjectsAreUnderstood() throws IOException {
        Path recbole = Files.createDirectory(directory.resolve("recbole"));
        write(recbole, "ml.train.inter", "user_id:token\titem_id:token\n1\t2\n");
        write(recbole, "ml.valid.inter", "user_id:token\titem_id:token\n1\t3\n");
        write(recbole, "ml.test.inter", "user_id:token\titem_id:token\n1\t4\n");
        write(recbole, "ml.item", "item_id:token\ttitle:token_seq\n2\tHeat\n");
        assertThat(content(Dataset.read(recbole))).containsExactly("test/1/4", "train/1/2", "valid/1/3");
        Path hundred = Files.createDirectory(directory.resolve("ml-100k"));
        write(hundred, "u.data", "196\t242\t3\t881250949\n");
        write(hundred, "u.item", "1|Toy Story (1995)|01-Jan-1995\n");
        write(hundred, "u1.base", "1\t1\t5\t874965758\n");
        assertThat(content(Dataset.read(hundred))).containsExactly("train/196/242/3.0/881250949");
        Path million = Files.createDirectory(directory.resolve("ml-1m"));
        write(million, "ratings.dat", "1::1193::5::978300760\n");
        write(million, "movies.dat", "1::Toy Story (1995)::Animation\n");
        assertThat(content(Dataset.read(million))).containsExactly("train/1/1193/5.0/978300760");
        Path latest = Files.createDirectory(directory.resolve("ml-latest"));
        write(latest, "ratings.csv", "userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n");
        write(latest, "movies.csv", "movieId,title,genres\n31,\"Dangerous, Minds\",Drama\n");
        assertThat(content(Dataset.read(latest))).containsExactly("train/1/31/2.5/1260759144");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "who,what,n\\na,x,3\\n|user=who;item=what|train/a/x",
                "who,what,n\\na,x,3\\n|user=who;item=what;rating=n|train/a/x/3.0",
                "who,what,n\\na,x,3\\n|user=2;item=1|train/x/a",
                "a,x,3,100\\nb,y,4,200\\n|user=2;item=1;time=4|train/x/a/100 train/y/b/200",
                "x,9,a\\ny,9,b\\n|user=3|train/a/9 train/b/9",
                "user,item,rating\\na,x,3\\n|rating=none|train/a/x",
                "USER ID,Sku Code,n\\na,x,3\\n|item=sku_code|train/a/x",
                "user,item,product\\na,x,y\\n|item=product|train/a/y",
                "a,x,5\\n|rating=none|train/a/x",
                "a,x,978300760\\n|time=none;rating=3|train/a/x/9.7830074E8"
            })
    void columnsAreThoseThatAreNamed(String text, String named, String expected) {
        String[] settings = named.split("[=;]");
        assertThat(content(read(text.replace("\\n", "\n"), options(settings)))).containsExactly(expected.split(" "));
    }

    @Test
    void aColumnThatIsNotThereIsRefused() {
        refused(
                () -> read("user,item\na,x\n", options("user", "who")),
                ":1:",
                "no column 'who' for the user",
                "1 to 2");
        refused(() -> read("user,item\na,x\n", options("user", "3")), "no column '3'");
        refused(() -> read("who,what\na,x\n", options("user", "who")), "no item among the columns");
        refused(() -> read("user,item\na,x\n", options("weights", "view=1")), "no column of events");
        refused(() -> read("user,item\na,x\n", options("from", "2013-01-01")), "no column of times");
    }

    @Test
    void eventsHaveWeightsAndEqualPairsAddUp() {
        String text = "user,item,action,time\na,x,view,10\na,x,cart,30\nb,x,view,20\na,x,hover,40\nb,y,buy,50\n";
        Dataset data = read(text, options("weights", "view=1,cart=3,buy=5", "duplicates", "sum"));
        assertThat(content(data)).containsExactly("train/a/x/4.0/30", "train/b/x/1.0/20", "train/b/y/5.0/50");
        assertThat(data.report().count("rows in train of events without a weight left out"))
                .isEqualTo(1);
        assertThat(data.report().count("duplicate pairs merged in train")).isEqualTo(1);
        assertThat(content(read(text, options("weights", "view=1,cart=3,buy=5", "min_rating", "2"))))
                .containsExactly("train/a/x/3.0/30", "train/b/y/5.0/50");
    }

    @ParameterizedTest
    @CsvSource({"LAST,2.0/30", "FIRST,5.0/10", "SUM,8.0/30"})
    void ofEqualPairsOneStaysOrTheyAddUp(String how, String expected) {
        String text = "user,item,rating,time\na,x,1,20\na,x,2,30\na,x,5,10\n";
        assertThat(content(read(text, options("duplicates", how.toLowerCase()))))
                .containsExactly("train/a/x/" + expected);
    }

    @Test
    void equalRowsWithoutRatingsAreCounted() {
        assertThat(content(read("user,item\na,x\nb,x\na,x\na,x\n", options("duplicates", "sum"))))
                .containsExactly("train/a/x/3.0", "train/b/x/1.0");
    }

    @Test
    void aTimeWindowHoldsItsFirstMomentAndNotItsLast() {
        String seconds = "user,item,time\na,p,1356998399\na,q,1356998400\na,r,1359676799\na,s,1359676800\n";
        ReadOptions january = options("from", "2013-01-01", "until", "2013-02-01");
        assertThat(content(read(seconds, january))).containsExactly("train/a/q/1356998400", "train/a/r/1359676799");
        assertThat(content(read(seconds.replaceAll("(\\d)\n", "$1000\n"), january)))
                .as("milliseconds")
                .containsExactly("train/a/q/1356998400000", "train/a/r/1359676799000");
        Dataset numbers = read(seconds, options("until", "1356998400"));
        assertThat(content(numbers)).containsExactly("train/a/p/1356998399");
        assertThat(numbers.report().count("rows in train outside the time window left out"))
                .isEqualTo(3);
        refused(() -> options("from", "tomorrow"), "from", "'tomorrow'", "ISO date");
    }
}
