package org.mineral.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.data.Interactions;
import org.mineral.model.FactorModel;

/** The programs in {@code examples}, compiled and run. */
@Tag("slow")
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("examples");

    @TempDir
    static Path scratch;

    private static SparkSession spark;

    @BeforeAll
    static void start() throws IOException {
        spark = Clusters.threads(scratch);
        StringBuilder rows = new StringBuilder();
        Interactions train = Clusters.TASTES.data().train();
        for (int u = 0; u < train.users(); u++) {
            for (int item : train.row(u)) {
                rows.append(u).append(',').append(item).append(",1\n");
            }
        }
        Files.writeString(scratch.resolve("rows.csv"), rows);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static void run(Path classes, String name, String output) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ExamplesTest.class.getClassLoader())) {
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[] {
                scratch.resolve("rows.csv").toString(), scratch.resolve(output).toString()
            });
        } catch (InvocationTargetException e) {
            throw new AssertionError(name + " failed", e.getCause());
        }
    }

    private static Path javac(String name, String source, String into) throws IOException {
        Path directory = Files.createDirectories(scratch.resolve(into));
        Path file = Files.writeString(directory.resolve(name + ".java"), source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        file.toString());
        assertThat(status).as("compiling " + file).isZero();
        return directory;
    }

    /** The same program with {@code new ALS()} replaced writes the same kinds of files, with as many users and items in them. */
    @Test
    void replacingAlsIsOneChangedLine() throws Exception {
        List<String> als = Files.readAllLines(EXAMPLES.resolve("AlsProgram.java"));
        List<String> mineral = als.stream()
                .map(line -> line.replace("new ALS()", "new org.mineral.spark.MineralRecommender()"))
                .toList();
        assertThat(IntStream.range(0, als.size()).filter(k -> !als.get(k).equals(mineral.get(k))))
                .hasSize(1);
        run(javac("AlsProgram", String.join("\n", als), "als"), "AlsProgram", "als/out");
        run(javac("AlsProgram", String.join("\n", mineral), "ours"), "AlsProgram", "ours/out");
        for (String output : List.of("scores", "users", "items", "some-users", "some-items", "factors", "pipeline")) {
            Dataset<Row> theirs =
                    spark.read().json(scratch.resolve("als/out/" + output).toString());
            Dataset<Row> ours =
                    spark.read().json(scratch.resolve("ours/out/" + output).toString());
            assertThat(ours.schema()).as(output).isEqualTo(theirs.schema());
            assertThat(ours.count()).as(output).isEqualTo(theirs.count()).isPositive();
        }
    }

    @Test
    void theExampleInJavaRuns() throws Exception {
        String source = Files.readString(EXAMPLES.resolve("RecommendOnSpark.java"));
        run(javac("RecommendOnSpark", source, "java"), "RecommendOnSpark", "java/out");
        checkExample("java/out");
    }

    @Test
    void theExampleInScalaRuns() throws Exception {
        Path classes = Files.createDirectories(scratch.resolve("scala"));
        Process compiler = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "scala.tools.nsc.Main",
                        "-usejavacp",
                        "-d",
                        classes.toString(),
                        EXAMPLES.resolve("RecommendOnSpark.scala").toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).as("compiling the example in Scala").isZero();
        run(classes, "RecommendOnSpark", "scala/out");
        checkExample("scala/out");
    }

    private static void checkExample(String output) {
        Path directory = scratch.resolve(output);
        FactorModel model = FactorModel.load(directory.resolve("model"));
        Dataset<Row> lists = spark.read().parquet(directory.resolve("lists").toString());
        assertThat(lists.count()).isEqualTo(model.users().size());
        assertThat(lists.filter("size(recommendations) = 10").count())
                .isEqualTo(model.users().size());
        assertThat(spark.read()
                        .parquet(directory.resolve("sessions").toString())
                        .filter("size(recommendations) = 10")
                        .count())
                .isGreaterThan(400);
    }
}
