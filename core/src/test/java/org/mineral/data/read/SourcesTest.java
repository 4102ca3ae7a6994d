package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.text.GzipInput;

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
        return Datasets.read(write(directory, "data", text), options);
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
        assertThat(content(Datasets.read(packed)))
                .isEqualTo(content(Datasets.read(plain)))
                .isNotEmpty();
    }

    @Test
    void twoArchivesInOneFileAreBothRead() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip("a,x\n".getBytes(StandardCharsets.UTF_8)));
        both.write(gzip("b,y\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(content(Datasets.read(write(directory, "two.gz", both.toByteArray()))))
                .containsExactly("train/a/x", "train/b/y");
    }

    @Tag("slow")
    @Test
    void anArchiveThatUnpacksToTooMuchIsRefused() throws IOException {
        byte[] line = new byte[1 << 20];
        Arrays.fill(line, (byte) '\n');
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("user,item\n".getBytes(StandardCharsets.UTF_8));
            for (int k = 0; k <= GzipInput.ALWAYS >> 20; k++) {
                out.write(line);
            }
        }
        assertThat(packed.size() * GzipInput.MOST_TIMES).isLessThan((int) GzipInput.ALWAYS);
        Path bomb = write(directory, "bomb.csv.gz", packed.toByteArray());
        refused(() -> Datasets.read(bomb), "bomb.csv.gz", "unpacks to more than", "64 MiB");
    }

    @Test
    void aDamagedArchiveIsRefusedWithItsName() throws IOException {
        byte[] good = gzip("user,item\na,x\nb,y\n".getBytes(StandardCharsets.UTF_8));
        refused(
                () -> Datasets.read(write(directory, "cut.gz", Arrays.copyOf(good, good.length - 12))),
                "cut.gz",
                "damaged or cut off");
        refused(
                () -> Datasets.read(write(directory, "head.gz", Arrays.copyOf(good, 5))),
                "head.gz",
                "damaged or cut off");
        byte[] twice = gzip(good);
        refused(() -> Datasets.read(write(directory, "twice.gz", twice)), "a gzip archive in a gzip archive");
    }

    @Test
    void aPatternReadsAllFilesThatMatch() throws IOException {
        Files.createDirectories(directory.resolve("logs/b"));
        write(directory.resolve("logs"), "2.csv", "user,item\nb,y\n");
        write(directory.resolve("logs"), "1.csv", "item,user\nx,a\n");
        write(directory.resolve("logs"), ".hidden.csv", "user,item\nno,no\n");
        write(directory.resolve("logs/b"), "3.csv.gz", gzip("user,item\nc,z\n".getBytes(StandardCharsets.UTF_8)));
        Dataset flat = Datasets.read(directory.resolve("logs/*.csv"));
        assertThat(content(flat)).containsExactly("train/a/x", "train/b/y");
        assertThat(flat.users().ids()).as("in the order of the names").containsExactly("a", "b");
        assertThat(content(Datasets.read(directory.resolve("logs/**.{csv,csv.gz}"))))
                .containsExactly("train/a/x", "train/b/y", "train/c/z");
        refused(() -> Datasets.read(directory.resolve("logs/*.tsv")), "no file that matches");
    }

    @Test
    void filesOfOnePartMustHaveTheSameColumns() {
        Path one = write(directory, "one.csv", "user,item,rating\na,x,3\n");
        Path two = write(directory, "two.csv", "user,item\na,y\n");
        refused(
                () -> Datasets.read("both", List.of(one, two), ReadOptions.DEFAULTS),
                "two.csv",
                "no ratings",
                "rating=none");
        assertThat(content(Datasets.read("both", List.of(one, two), options("rating", "none"))))
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
                "{\"item\": \"x\"}|2|no user",
                "{\"user\": null, \"item\": \"x\"}|2|no user",
                "{\"user\": [\"a\"], \"item\": \"x\"}|2|a list in 'user'",
                "{\"user\": {\"id\": \"a\"}, \"item\": \"x\"}|2|an object in 'user'",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"user\": \"a,]\", \"item\": 2},\n{\"user\": \"b\\\"}\", \"item\": 3}]",
                "  [\n\n{\"user\": \"a,]\",\n\"item\": 2}\n,{\"user\": \"b\\\"}\", \"item\": 3, \"x\": [{}, [1]]}\n]\n\n",
                "\ufeff[ {\"user\": \"a,]\", \"item\": 2} , {\"item\": 3, \"user\": \"b\\\"}\"} ]"
            })
    void aJsonArrayIsReadAsItsObjects(String text) {
        assertThat(content(read(text, ReadOptions.DEFAULTS))).containsExactly("train/a,]/2", "train/b\"}/3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[{'user': 1, 'item': 2}|:1: found the end of the file in a JSON array",
                "[{'user': 1, 'item': 2},]|:1: found a comma without a JSON object",
                "[{'user': 1, 'item': 2},,{'user': 2, 'item': 2}]|:1: found a comma without a JSON object",
                "[{'user': 1, 'item': 2}] x|:1: found more text behind a JSON array",
                "[{'user': 1, 'item': 2},NL3]|:2: found '3'",
                "[{'user': 1, 'item': 2}NL{'user': 1, 'item': 3}]|:1: found '{",
                "[]|no interactions"
            })
    void anInvalidJsonArrayIsRefusedWithItsLine(String text, String found) {
        refused(() -> read(text.replace('\'', '"').replace("NL", "\n"), ReadOptions.DEFAULTS), found);
    }

    @Test
    void listsWithRatingsAreRead() {
        assertThat(content(read("u1 10:3 7:-0.5\n12 7:1e1 \n\n5\n", ReadOptions.DEFAULTS)))
                .containsExactly("train/12/7/10.0", "train/u1/10/3.0", "train/u1/7/-0.5");
        refused(() -> read("1 2:3\n4 5\n", ReadOptions.DEFAULTS), ":2:", "'5'", "item:rating");
        refused(() -> read("1 2:3\n4 5:x\n", ReadOptions.DEFAULTS), ":2:", "the rating 'x'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"valid.csv", "validation.csv", "val.tsv"})
    void aValidationPartHasSeveralNames(String name) {
        write(directory, "train.csv", "user,item\na,x\nb,y\n");
        write(directory, name, "user,item\na,y\n");
        write(directory, "notes.test.txt", "beside a train.csv this is no part");
        assertThat(content(Datasets.read(directory))).containsExactly("train/a/x", "train/b/y", "valid/a/y");
    }

    @Test
    void aDirectoryWithoutPartsIsRefusedWithItsFiles() {
        for (int k = 0; k < 10; k++) {
            write(directory, "part" + k + ".csv", "user,item\na,x\n");
        }
        refused(
                () -> Datasets.read(directory),
                "no file named train.* among part0.csv, part1.csv,",
                "part7.csv and 2 more");
    }

    /** Headers and first lines of public data sets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"rating\": 5.0, \"asin\": \"B1\", \"parent_asin\": \"B2\", \"user_id\": \"a\", \"timestamp\": 12} | a/B2/5.0/12",
                "{\"reviewerID\": \"a\", \"asin\": \"B1\", \"overall\": 4.0, \"unixReviewTime\": 12, \"reviewTime\": \"09 13, 2009\"} | a/B1/4.0/12",
                "\"User-ID\";\"ISBN\";\"Book-Rating\"\\n\"a\";\"X\";\"8\" | a/X/8.0",
                "userID\\tartistID\\tweight\\na\\tx\\t13883 | a/x/13883.0",
                "user_id,anime_id,rating\\na,x,-1 | a/x/-1.0",
                "user_id,recipe_id,date,rating,review\\na,x,1970-01-01,4,\"so \"\"good\"\"\" | a/x/4.0/0",
                "user_id:token\\tartist_id:token\\tweight:float\\na\\tx\\t2 | a/x/2.0",
                "user,item,weight,rating\\na,x,1,2 | a/x/2.0",
            })
    void headersOfPublicDataSetsAreKnown(String text, String pair) {
        Dataset data = read(text.replace("\\n", "\n").replace("\\t", "\t"), ReadOptions.DEFAULTS);
        assertThat(content(data)).containsExactly("train/" + pair);
    }

    @Test
    void betweenTabsAndColonsAQuoteIsACharacterUnlessItQuotesTheWholeField() {
        for (String separator : List.of("\t", "::")) {
            String text = "a;\"Weird Al\" Yankovic\n\"b\";\"say \"\"hi\"\"\"\na;\"open\nb;5\"\nc;\"\n"
                    .replace(";", separator);
            assertThat(content(read(text, ReadOptions.DEFAULTS)))
                    .containsExactly(
                            "train/a/\"Weird Al\" Yankovic",
                            "train/a/\"open",
                            "train/b/5\"",
                            "train/b/say \"hi\"",
                            "train/c/\"");
        }
    }

    @Test
    void whatToDoIsSaidByCommands() {
        refused(
                () -> read("user;item\n\"1\";\"\\\"04\"\n", ReadOptions.DEFAULTS),
                "quotes escaped by a backslash have to be doubled: sed 's/\\\\\"/\"\"/g' FILE > NEW");
        refused(
                () -> Datasets.read(write(directory, "latin", new byte[] {'a', ',', (byte) 0xE9, '\n'})),
                "iconv -f LATIN1 -t UTF-8 FILE > NEW");
        refused(() -> read("{u'user': u'a', u'item': u'x'}\n", ReadOptions.DEFAULTS), "Python", "ast.literal_eval");
        refused(() -> read("a,b,c,d,e\n", ReadOptions.DEFAULTS), "by number: read with user=1, item=2");
        refused(() -> read("user,asin,sku\na,b,c\n", ReadOptions.DEFAULTS), "'asin' and 'sku'", "read with item=NAME");
        refused(
                () -> read("{\"user\": \"a\", \"item\": \"x\"}\n{\"user\": \"a\"}", ReadOptions.DEFAULTS),
                ":2: found no item");
        refused(() -> read("user,item,rating\na,b,\n", ReadOptions.DEFAULTS), "read with rating=none");
    }

    @Test
    void directoriesOfOtherProjectsAreUnderstood() throws IOException {
        Path recbole = Files.createDirectory(directory.resolve("recbole"));
        write(recbole, "ml.train.inter", "user_id:token\titem_id:token\n1\t2\n");
        write(recbole, "ml.valid.inter", "user_id:token\titem_id:token\n1\t3\n");
        write(recbole, "ml.test.inter", "user_id:token\titem_id:token\n1\t4\n");
        write(recbole, "ml.item", "item_id:token\ttitle:token_seq\n2\tHeat\n");
        assertThat(content(Datasets.read(recbole))).containsExactly("test/1/4", "train/1/2", "valid/1/3");
        Path amazon = Files.createDirectory(directory.resolve("amazon"));
        write(amazon, "All_Beauty.train.csv", "user_id,parent_asin,rating,timestamp\nA1,B1,5.0,1588687728923\n");
        write(amazon, "All_Beauty.valid.csv.gz", gzip("user_id,parent_asin\nA1,B2\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(content(Datasets.read(amazon, options("rating", "none", "time", "none"))))
                .containsExactly("train/A1/B1", "valid/A1/B2");
        Path hundred = Files.createDirectory(directory.resolve("ml-100k"));
        write(hundred, "u.data", "196\t242\t3\t881250949\n");
        write(hundred, "u.item", "1|Toy Story (1995)|01-Jan-1995\n");
        write(hundred, "u1.base", "1\t1\t5\t874965758\n");
        assertThat(content(Datasets.read(hundred))).containsExactly("train/196/242/3.0/881250949");
        Path million = Files.createDirectory(directory.resolve("ml-1m"));
        write(million, "ratings.dat", "1::1193::5::978300760\n");
        write(million, "movies.dat", "1::Toy Story (1995)::Animation\n");
        assertThat(content(Datasets.read(million))).containsExactly("train/1/1193/5.0/978300760");
        Path latest = Files.createDirectory(directory.resolve("ml-latest"));
        write(latest, "ratings.csv", "userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n");
        write(latest, "movies.csv", "movieId,title,genres\n31,\"Dangerous, Minds\",Drama\n");
        assertThat(content(Datasets.read(latest))).containsExactly("train/1/31/2.5/1260759144");
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
                "a,x,978300760\\n|time=none;rating=3|train/a/x/9.7830076E8"
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
        refused(() -> options("from", "tomorrow"), "from", "'tomorrow'", "a date such as 2013-02-28");
    }
}
