package org.mineral.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mineral.data.read.Files4Tests.content;
import static org.mineral.data.read.Files4Tests.write;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.config.InputException;
import org.mineral.data.DataStatistics;
import org.mineral.data.Dataset;
import org.mineral.data.Split;
import org.mineral.data.rows.ReadOptions;

/** Units of time, and columns of times that cannot be read. */
class TimesTest {

    @TempDir
    Path directory;

    private Dataset read(String text, Object... settings) {
        ReadOptions options = ReadOptions.DEFAULTS;
        for (int k = 0; k < settings.length; k += 2) {
            options = options.with((String) settings[k], settings[k + 1]);
        }
        return Datasets.read(write(directory, "data", text), options);
    }

    @ParameterizedTest
    @CsvSource({"'', seconds", "000, milliseconds", "000000, microseconds", "000000000, nanoseconds"})
    void everyUnitIsRecognised(String zeros, String unit) {
        String text = "user,item,time\na,p,1356998399#\na,q,1356998400#\na,r,1359676799#\na,s,1359676800#\n"
                .replace("#", zeros);
        String[] january = {"train/a/q/1356998400" + zeros, "train/a/r/1359676799" + zeros};
        assertThat(content(read(text, "from", "2013-01-01", "until", "2013-02-01")))
                .containsExactly(january);
        for (String other : new String[] {"", "000", "000000", "000000000"}) {
            assertThat(content(read(text, "from", "1356998400" + other, "until", "1359676800" + other)))
                    .as("bounds with " + other)
                    .containsExactly(january);
        }
        assertThat(content(read(text, "until", "9999-12-31"))).hasSize(4);
        DataStatistics.TimeRange range = DataStatistics.of(read(text)).time();
        assertThat(range.unit()).isEqualTo(unit);
        assertThat(range.text()).isEqualTo("2012-12-31T23:59:59Z to 2013-02-01T00:00:00Z, in " + unit);
    }

    @ParameterizedTest
    @CsvSource({
        "-315619200, 1356998400, 1960-01-01T00:00:00Z",
        "-315619200000000000, -215619200000000000, 1960-01-01T00:00:00Z",
        "0, 253402300799, 1970-01-01T00:00:00Z",
        "-1, 1356998400123, 1969-12-31T23:59:59.999Z"
    })
    void timesBefore1970HaveDatesToo(long first, long last, String date) {
        DataStatistics.TimeRange range = DataStatistics.TimeRange.of(first, last);
        assertThat(range.firstDate()).isEqualTo(date);
        assertThat(range.lastDate()).isNotEmpty();
    }

    @Test
    void smallNumbersAreStepsAndComparedAsTheyAre() {
        String text = "user,item,time\na,p,-3\na,q,2011\na,r,2013\n";
        assertThat(content(read(text, "from", "0", "until", "2012"))).containsExactly("train/a/q/2011");
        assertThat(DataStatistics.of(read(text)).time().text()).isEqualTo("-3 to 2013, no dates");
    }

    /** One log counts seconds, another milliseconds: the last row of u is the first of the file. */
    @Test
    void timesOfSeveralUnitsAreBroughtToTheFinest() {
        Dataset data = read("user,item,time\nu,c,1356998403\nu,a,1356998401000\nu,b,2012-12-31T23:59:59Z\n");
        assertThat(content(data))
                .containsExactly("train/u/a/1356998401000", "train/u/b/1356998399000", "train/u/c/1356998403000");
        assertThat(data.report().lines())
                .containsExactly("2 times in another unit counted in milliseconds, as the others are");
        assertThat(content(data.split(Split.lastN(0, 1)))).contains("test/u/c/1356998403000");
    }

    @Test
    void aColumnThatCannotBeParsedIsRefusedOnce() {
        assertThatThrownBy(() -> read("user,item,date\na,x,28/02/2013\na,y,01/03/2013\nb,y,02/03/2013\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(":2: found the timestamp '28/02/2013', and none of the 3 values")
                .hasMessageContaining("time_format=day-first");
        assertThatThrownBy(() -> read("user,item,rating\na,x,good\na,y,bad\n"))
                .hasMessageContaining(":2: found the rating 'good', and none of the 2 values");
        assertThatThrownBy(() -> read("user,item,date\na,x,28/02/2013\na,y,2013-03-01\n"))
                .hasMessageContaining(":2: found the timestamp '28/02/2013'; allowed");
        assertThatThrownBy(() -> read("user,item,date\na,x,2013-03-01\na,y,\nb,y,\n"))
                .as("a time is missing")
                .hasMessageContaining(":3: found the timestamp ''; allowed");
        assertThatThrownBy(() ->
                        read("{\"user\":1,\"item\":2,\"date\":\"soon\"}\n{\"user\":1,\"item\":3,\"date\":\"later\"}\n"))
                .hasMessageContaining("none of the 2 values");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day-first|03/04/2013|03/04/2013 00:00:01|2013-04-03",
                "month-first|04/03/2013|04/03/2013 00:00:01|2013-04-03",
                "dd/MM/yyyy[ HH:mm:ss]|03/04/2013|03/04/2013 00:00:01|2013-04-03",
                "yyyyMMdd[ HHmmss]|20130403|20130403 000001|20130403"
            })
    void aFormatIsForTheWholeFileAndItsBounds(String format, String first, String then, String bound) {
        String text = "user,item,date\na,x," + first + "\na,y," + then + "\n";
        Dataset data = read(text, "time_format", format);
        assertThat(data.events().timestamps()).containsExactly(1364947200L, 1364947201L);
        assertThat(read(text.replace("a,x", "\"a\",x"), "time_format", format).hash())
                .as("by the reader of quoted fields")
                .isEqualTo(data.hash());
        assertThat(content(read(text, "time_format", format, "from", bound))).hasSize(2);
        assertThat(read(text + "a,z," + first + "\n", "time_format", format, "from", "2013-04-03 00:00:01")
                        .train()
                        .size())
                .isEqualTo(1);
    }
}
