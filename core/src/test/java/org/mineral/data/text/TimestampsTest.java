package org.mineral.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;

class TimestampsTest {

    private static BigDecimal value(Timestamps.Time time) {
        assertThat(time.billionths()).isBetween(0, 999_999_999);
        return BigDecimal.valueOf(time.billionths(), 9).add(BigDecimal.valueOf(time.whole()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1362009600|1362009600",
                " 1362009600 |1362009600",
                "+1362009600|1362009600",
                "-5|-5",
                "-5.9|-5.9",
                "1362009600.7|1362009600700",
                "1362009600.000001|1362009600000001",
                "1362009600700.5|1362009600700500",
                "1362009600.0|1362009600",
                "-1362009600.5|-1362009600500",
                "1362009600.1234567899|1362009600123456789.9",
                "1e18|1000000000000000000",
                "100.75|100.75",
                "1.3620096E9|1362009600",
                "1362009600123456789|1362009600123456789",
                "1.362009600123456789E18|1362009600123456789",
                "2013-02-28|1362009600",
                "2013-2-28|1362009600",
                "2013/02/28|1362009600",
                "2013/2/28|1362009600",
                "2013.02.28|1362009600",
                "28.02.2013|1362009600",
                "28.2.2013 00:00|1362009600",
                "2013-02-28T00:00:00Z|1362009600",
                "2013-02-28t00:00:00z|1362009600",
                "2013-02-28 00:00|1362009600",
                "2013-02-28 00:00:00.999|1362009600999",
                "2013-02-28 00:00:00.000|1362009600",
                "2013-02-28 00:00:00.000001|1362009600000001",
                "2013-02-28 00:00:00.1234567899|1362009600123456789",
                "1971-01-01 00:00:00.5|31536000.5",
                "1969-12-31 23:59:59.25|-0.75",
                "1973-12-31 23:59:59.000001|126230399.000001",
                "0.0625|0.0625",
                "0.0000000019|0.000000001",
                "-0.0000000001|-0.000000001",
                "0.0|0",
                "2013-02-28 00:00:00,5|1362009600500",
                "2013-02-28 00:00:00 UTC|1362009600",
                "2013-02-28 00:00:00.123 UTC|1362009600123",
                "2013-02-28 00:00:00 GMT|1362009600",
                "2013-02-28 00:00:00+00|1362009600",
                "2013-02-28 00:00:00 +0000|1362009600",
                "2013-02-28T01:00:00.5+01:00|1362009600500",
                "2013-02-28T01:00:00+0100|1362009600",
                "2013-02-27T19:00:00-05:00|1362009600",
                "2013-02-28T05:30+05:30[Asia/Kolkata]|1362009600",
                "2013/02/28 12:00:00 AM|1362009600",
                "2013-02-28, 1:00 pm|1362056400",
                "20130228T000000Z|1362009600",
                "Thu, 28 Feb 2013 00:00:00 GMT|1362009600",
                "Thu Feb 28 00:00:00 +0000 2013|1362009600",
                "Thu Feb 28 00:00:00 UTC 2013|1362009600",
                "Thu Feb 28 00:00:00 2013|1362009600",
                "28 February 2013|1362009600",
                "28-Feb-2013|1362009600",
                "Feb 28, 2013|1362009600",
                "february 28th, 2013|1362009600",
                "Sept 1, 2013|1377993600",
                "1969-12-31T23:59:59Z|-1",
                "2012-02-29|1330473600"
            })
    void numbersAndDatesOfOneReading(String text, BigDecimal expected) {
        assertThat(value(new Timestamps(Timestamps.AUTO).parse(text))).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "NaN",
                "Infinity",
                "1e400",
                "1e19",
                "9999999999999999999",
                "0x1p3",
                "5d",
                "1_000",
                "1,5",
                "28/02/2013",
                "02-28-2013",
                "2013-02-30",
                "2013-13-01",
                "2013-02-28T25:00",
                "2013-02-28 13:00 PM",
                "2013-02/28",
                "28/02/13",
                "2013",
                "2013-02-28 10:00 PST",
                "Thu",
                "--5",
                "1.2.3",
                "e5",
                "1e",
                "-",
                "2013-02-28T00:00:00+99:00"
            })
    void otherTextIsNoTime(String text) {
        if (text.equals("2013")) {
            assertThat(new Timestamps(Timestamps.AUTO).parse(text))
                    .as("a number")
                    .isEqualTo(new Timestamps.Time(2013, 0));
            return;
        }
        assertThatThrownBy(() -> new Timestamps(Timestamps.AUTO).parse(text)).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day-first|28/02/2013|1362009600",
                "day-first|28-2-2013 00:00:00|1362009600",
                "day-first|2013-02-28|1362009600",
                "day-first|1362009600|1362009600",
                "month-first|02/28/2013|1362009600",
                "month-first|2/28/2013, 12:00:00 AM|1362009600",
                "dd/MM/yyyy|28/02/2013|1362009600",
                "d/M/yyyy|28/2/2013|1362009600",
                "dd/MM/yy HH:mm|28/02/13 00:00|1362009600",
                "MM dd, yyyy|02 28, 2013|1362009600",
                "yyyyMMdd|20130228|1362009600",
                "yyyyMMddHHmmss|20130228000000|1362009600",
                "yyyyMMdd|2013-02-28|1362009600",
                "MMM yyyy|feb 2013|1359676800",
                "yyyy-MM-dd'T'HH:mm:ssX|2013-02-28T01:00:00+01|1362009600",
                "%d/%m/%Y|28/02/2013|1362009600",
                "%d/%m/%Y|28/2/2013|1362009600",
                "%Y%m%d|20130228|1362009600",
                "%Y%m%d%H%M%S|20130228000000|1362009600",
                "%m/%d/%Y %I:%M:%S %p|2/28/2013 12:00:00 AM|1362009600",
                "%d/%b/%Y:%H:%M:%S %z|28/Feb/2013:01:00:00 +0100|1362009600",
                "%Y-%m-%dT%H:%M:%S.%f|2013-02-28T00:00:00.123456|1362009600123456",
                "%F %T|2013-02-28 00:00:00|1362009600"
            })
    void aGivenFormat(String format, String text, long expected) {
        assertThat(new Timestamps(format).parse(text)).isEqualTo(new Timestamps.Time(expected, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"dd/MM/yyyy|31/02/2013", "dd/MM/yyyy|2/28/2013", "yyyyMMdd|1362009600", "day-first|02/28/2013"})
    void textOfAnotherFormatIsRefused(String format, String text) {
        assertThatThrownBy(() -> new Timestamps(format).parse(text)).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bla", "iso", "dd/MM", "HH:mm", "%d/%m", "%Q", "%", "yyyy-MM-dd'T", "{"})
    void unknownFormatsAreRefused(String format) {
        assertThatThrownBy(() -> new Timestamps(format))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("time_format")
                .hasMessageContaining("day-first");
    }
}
