package org.mineral.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of {@code docs/tutorial/spark.md}: it runs, and it is what the page shows. */
@Tag("slow")
class SparkTutorialTest {

    private static final Path PAGE = Path.of("..", "docs", "tutorial", "spark.md");
    private static final Path SOURCE =
            Path.of("src", "test", "java", "org", "mineral", "spark", "SparkTutorialTest.java");

    @Test
    void theProgramPrintsTheListOfAReader(@TempDir Path home) throws Exception {
        writeLoans(home);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        SparkSession spark = Clusters.threads(home);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            scala.Console.withOut(printed, () -> {
                try {
                    program(
                            spark,
                            home.resolve("loans.csv").toString(),
                            home.resolve("on-spark").toString());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return null;
            });
        } finally {
            System.setOut(out);
            spark.stop();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).containsPattern("\\|r7 *\\|\\[b\\d+, b\\d+, b\\d+] *\\|");
    }

    private static void program(SparkSession spark, String file, String directory) throws IOException {
        // tag::program
        Dataset<Row> loans = spark.read().option("header", true).csv(file);
        MineralModel model = new MineralRecommender()
                .setUserCol("user")
                .setItemCol("item")
                .setNumUserBlocks(2)
                .setMaxIter(5)
                .setMeetings(8)
                .fit(loans);
        model.recommendForAllUsers(3)
                .selectExpr("user", "recommendations.item AS items")
                .where("user = 'r7'")
                .show(false);
        model.write().overwrite().save(directory);
        // end::program
    }

    @Test
    void thePageShowsTheProgramThatRuns() throws IOException {
        List<String> lines = Files.readString(SOURCE).lines().map(String::strip).toList();
        assertThat(block().strip().lines().map(String::strip))
                .containsExactlyElementsOf(
                        lines.subList(lines.indexOf("// tag::program") + 1, lines.indexOf("// end::program")));
    }

    private static String block() throws IOException {
        Matcher block = Pattern.compile("(?ms)^```java\n(.*?)^```$").matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static void writeLoans(Path home) throws Exception {
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        PAGE.resolveSibling("Loans.java").toAbsolutePath().toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
    }
}
