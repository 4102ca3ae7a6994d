package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mineral.app.command.DataImportCommandTest.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.command.DataImportCommandTest.Run;

/** Dates, units and ties on the command line. */
class TimesCommandTest {

    @TempDir
    Path home;

    private Path dates;

    @BeforeEach
    void writeDates() throws IOException {
        StringBuilder text = new StringBuilder("user,item,date\n");
        for (int u = 0; u < 12; u++) {
            for (int k = 0; k < 6; k++) {
                text.append("u%d,i%d,%02d/02/2013\n".formatted(u, (u + k) % 10, 1 + k / 2));
            }
        }
        dates = Files.writeString(home.resolve("dates.csv"), text);
    }

    @Test
    void datesOfTwoReadingsAreRefusedOnceWithTheOptionThatHelps() {
        Run refused = run("data", "describe", dates);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains(":2: found the timestamp '01/02/2013', and none of the 72 values")
                .contains("--time-format day-first")
                .doesNotContain("time_format");
        assertThat(run("data", "describe", dates, "--time-format", "bla").err()).contains("--time-format: found 'bla'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"day-first", "dd/MM/yyyy", "%d/%m/%Y"})
    void everyVerbThatReadsDataTakesAFormat(String format) throws IOException {
        Run described = run("data", "describe", dates, "--time-format", format);
        assertThat(described.out()).contains("2013-02-01T00:00:00Z to 2013-02-03T00:00:00Z, in seconds");
        Path parts = home.resolve("parts");
        Run split = run("data", "split", dates, "-o", parts, "--by", "last:0:1", "--time-format", format);
        assertThat(split.code()).as(split.err()).isZero();
        assertThat(split.err()).contains("12 test items chosen among equal times by the order of the file");
        assertThat(Files.readAllLines(parts.resolve("test.csv"))).contains("u0,i5,1359849600", "u11,i6,1359849600");
        Path part = home.resolve("early");
        run("data", "import", dates, "-o", part, "--until", "02/02/2013", "--time-format", format);
        assertThat(Files.readAllLines(part.resolve("train.csv"))).hasSize(1 + 24);
        Path converted = home.resolve("converted");
        assertThat(run("data", "convert", dates, "-o", converted, "--format", "inter", "--time-format", format)
                        .code())
                .isZero();
    }

    @Test
    void trainingSaysHowManyTiesDecided() {
        Path model = home.resolve("model");
        Run trained = run(
                "train",
                dates,
                "-o",
                model,
                "--validation",
                "last:0.2",
                "--time-format",
                "day-first",
                "--set",
                "epochs=1",
                "--set",
                "dimension=4");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).containsPattern("\\d+ validation items chosen among equal times by the order");
        assertThat(run("evaluate", model, dates, "--time-format", "day-first").err())
                .as("read, and without a test part")
                .contains("has no test part");
    }

    @Test
    void comparedAndTunedDataTakeAFormatToo() {
        Path report = home.resolve("report.html");
        for (List<String> verb : List.of(
                List.of("compare", "--losses", "bce", "--budget", "1"),
                List.of(
                        "tune",
                        "--losses",
                        "bce",
                        "--points",
                        "1",
                        "--log",
                        home.resolve("log").toString()))) {
            Object[] rest = {dates, "--report", report, "--validation", "last", "--time-format", "month-first"};
            Object[] all = new Object[verb.size() + rest.length];
            System.arraycopy(verb.toArray(), 0, all, 0, verb.size());
            System.arraycopy(rest, 0, all, verb.size(), rest.length);
            assertThat(run(all).err()).doesNotContain("the timestamp");
        }
    }

    @Test
    void aWindowOfNanosecondsHoldsWhatItShould() throws IOException {
        Path file = Files.writeString(
                home.resolve("ns.csv"),
                "user,item,time\na,p,1356998399999999999\na,q,1356998400000000000\na,r,1359676800000000000\n");
        Run run =
                run("data", "import", file, "-o", home.resolve("out"), "--from", "2013-01-01", "--until", "2013-02-01");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readAllLines(home.resolve("out/train.csv")))
                .containsExactly("user,item,timestamp", "a,q,1356998400000000000");
    }
}
