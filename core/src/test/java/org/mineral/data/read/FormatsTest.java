package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.data.Dataset;
import org.mineral.data.rows.ReadOptions;

class FormatsTest {

    @TempDir
    Path directory;

    private Dataset read(String text) {
        return Datasets.read(write(directory, "data.anything", text));
    }

    @Test
    void lightGcnTextIsReadByContent() {
        Dataset data = read("7 3 5\n2 5\n");
        assertThat(content(data)).containsExactly("train/2/5", "train/7/3", "train/7/5");
        assertThat(data.users().ids()).containsExactly("7", "2");
        assertThat(data.items().ids()).containsExactly("3", "5");
    }

    @Test
    void lightGcnTextMayHaveCarriageReturnsTrailingSpacesBlankLinesAndNoLastLineEnd() {
        assertThat(content(read("7 3  5 \r\n\r\n2 5"))).containsExactly("train/2/5", "train/7/3", "train/7/5");
    }

    @Test
    void aUserWithoutItemsIsKeptAndCounted() {
        Dataset data = read("0 1\n5\n");
        assertThat(data.users().ids()).containsExactly("0", "5");
        assertThat(data.report().count("lines in train with a user and no items"))
                .isEqualTo(1);
        assertThat(data.report().count("users without items in train")).isEqualTo(1);
    }

    @Test
    void aUserOnTwoLinesIsMergedAndCounted() {
        Dataset data = read("0 1 2\n1 1\n0 2 3\n");
        assertThat(content(data)).containsExactly("train/0/1", "train/0/2", "train/0/3", "train/1/1");
        assertThat(data.report().count("lines in train of a user already met, merged"))
                .isEqualTo(1);
        assertThat(data.report().count("duplicate pairs merged in train")).isEqualTo(1);
    }

    @Test
    void twoColumnsOfSpacedIntegersAreTheSamePairsInEitherReading() {
        assertThat(content(read("0 1\n0 2\n1 1\n"))).containsExactly("train/0/1", "train/0/2", "train/1/1");
    }

    @Test
    void spacedRowsThatMayBeRatingsAreQuestioned() {
        assertThat(read("1 5 3 100\n1 6 4 101\n2 5 1 102\n").report().lines()).anyMatch(l -> l.contains("by commas"));
        assertThat(read("1 5 3 100\n2 6 4 101\n").report().notes()).isEmpty();
    }

    @Test
    void blankLinesAreSkipped() {
        assertThat(content(read("  \n\nuser,item\n\na,x\n   \nb,y\n \n"))).containsExactly("train/a/x", "train/b/y");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "::"})
    void everySeparatorIsFound(String separator) {
        String text = "user,item,rating,timestamp\na,x,3.5,100\nb,y,1,200\n".replace(",", separator);
        assertThat(content(read(text))).containsExactly("train/a/x/3.5/100", "train/b/y/1.0/200");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "::"})
    void aHeaderIsNotNeeded(String separator) {
        String text = "1,0002844,4,978300760\n1,31,2,978300761\n".replace(",", separator);
        assertThat(content(read(text))).containsExactly("train/1/0002844/4.0/978300760", "train/1/31/2.0/978300761");
    }

    @Test
    void aTabMakesItDelimitedEvenIfAllIsDigits() {
        Dataset data = read("1\t2\n3\t4\n");
        assertThat(content(data)).containsExactly("train/1/2", "train/3/4");
    }

    @Test
    void recBoleIsRead() {
        String text = "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
                + "196\t242\t3\t881250949\n186\t302\t3.5\t891717742.0\n";
        assertThat(content(read(text))).containsExactly("train/186/302/3.5/891717742", "train/196/242/3.0/881250949");
    }

    @Test
    void columnsAreFoundByNameInAnyOrderAndOthersAreIgnored() {
        String text = "title,MovieId,when,Stars,User ID\nHeat,m1,x,4,u1\n";
        assertThat(content(read(text))).containsExactly("train/u1/m1/4.0");
    }

    @Test
    void quotedFieldsMayHoldSeparatorsQuotesAndLineEnds() {
        Dataset data = read("user,item\n\"a,b\",\"say \"\"hi\"\"\"\n\"two\nlines\",x\n");
        assertThat(content(data)).containsExactly("train/a,b/say \"hi\"", "train/two\nlines/x");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() {
        assertThat(content(read("\uFEFFuser,item\r\na,x\r\n"))).containsExactly("train/a/x");
        assertThat(content(read("\uFEFF1 2\n"))).containsExactly("train/1/2");
    }

    @Test
    void idsAreKeptExactly() {
        Dataset data = read("user,item\n007,0002844\n7,2844\n");
        assertThat(data.users().ids()).containsExactly("007", "7");
        assertThat(data.items().ids()).containsExactly("0002844", "2844");
    }

    @Test
    void ofDuplicatePairsTheLatestStays() {
        Dataset data = read("user,item,rating,timestamp\na,x,1,10\na,x,5,30\na,x,2,20\n");
        assertThat(content(data)).containsExactly("train/a/x/5.0/30");
        assertThat(data.report().count("duplicate pairs merged in train")).isEqualTo(2);
    }

    @Test
    void aThirdColumnWithoutHeaderIsATimestampIfItIsTooLargeForARating() {
        assertThat(read("a,x,978300760\n").events().timestamps()).containsExactly(978300760L);
        assertThat(read("a,x,5\n").events().ratings()).containsExactly(5);
    }

    @Test
    void timestampsMayBeMillisecondsDecimalsOrDates() {
        assertThat(read("user,item,date\na,p,1365029107123\n").events().timestamps())
                .containsExactly(1365029107123L);
        String text = "user,item,date\na,q,1.365029107E9\na,r,2013-02-28\na,s,2013-02-28T00:00:01Z\n";
        assertThat(read(text).events().timestamps()).containsExactly(1365029107L, 1362009600L, 1362009601L);
    }

    @Test
    void rowsBelowTheLeastRatingAreLeftOutAndCounted() {
        Path file = write(directory, "r.csv", "user,item,rating\na,x,3\na,y,4\n");
        Dataset data = Datasets.read(file, ReadOptions.DEFAULTS.with("min_rating", 4));
        assertThat(content(data)).containsExactly("train/a/y/4.0");
        assertThat(data.report().count("rows in train below the least rating left out"))
                .isEqualTo(1);
    }

    @Test
    void aDirectoryHasItsPartsAndOtherFilesAreIgnored() {
        write(directory, "train.txt", "0 1 2\n1 1\n");
        write(directory, "valid.csv", "user,item\n0,3\n0,1\n");
        write(directory, "test.tsv", "1\t2\n9\t8\n0\t2\n0\t3\n");
        write(directory, "README.md", "nothing");
        Dataset data = Datasets.read(directory);
        assertThat(content(data))
                .containsExactly("test/1/2", "test/9/8", "train/0/1", "train/0/2", "train/1/1", "valid/0/3");
        assertThat(data.items().ids()).as("train's items come first").startsWith("1", "2");
        assertThat(data.report().count("pairs of train dropped from valid")).isEqualTo(1);
        assertThat(data.report().count("pairs of train or valid dropped from test"))
                .isEqualTo(2);
        assertThat(data.report().count("users only in valid or test")).isEqualTo(1);
        assertThat(data.report().count("items only in valid or test")).isEqualTo(2);
    }

    @Test
    void aDirectoryMayHoldOneFileOfRatings() {
        write(directory, "ratings.csv", "user,item\na,b\n");
        write(directory, "items.csv", "item,title\nb,B\n");
        assertThat(content(Datasets.read(directory))).containsExactly("train/a/b");
    }
}
