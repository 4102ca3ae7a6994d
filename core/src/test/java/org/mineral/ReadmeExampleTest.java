package org.mineral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.data.read.Datasets;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.eval.Evaluator;

/** The example of README.md: it runs, and it is what README.md shows. */
class ReadmeExampleTest {

    /** The modules' common parent, from wherever the test runs. */
    private static final Path ROOT = Files.exists(Path.of("core/src")) ? Path.of("") : Path.of("..");

    @Test
    void theExampleRuns(@TempDir Path directory) throws IOException {
        Path interactions = directory.resolve("interactions.csv");
        Path saved = directory.resolve("model");
        write(interactions);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            example(interactions, saved);
        } finally {
            System.setOut(out);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("Recall@20", "NDCG@20", "users");
        List<String> recommended =
                text.lines().filter(line -> line.startsWith("Entry[")).toList();
        assertThat(recommended).hasSize(20);
        assertThat(recommended.subList(10, 20)).as("loaded like saved").isEqualTo(recommended.subList(0, 10));
    }

    private static void example(Path interactions, Path saved) {
        // tag::example
        Dataset data = Datasets.read(interactions).split(Split.random(0.8, 0.1, 0.1, 42));
        Recommender recommender = Recommender.train(data);
        System.out.println(Evaluator.at(20).evaluate(recommender.model(), data.test()));
        recommender.recommend("alice", 10).items().forEach(System.out::println);
        recommender.save(saved);
        Recommender.load(saved).recommend("alice", 10).items().forEach(System.out::println);
        // end::example
    }

    @Test
    void readmeShowsTheExampleThatRuns() throws IOException {
        Path readme = ROOT.resolve("README.md");
        Assumptions.assumeTrue(Files.exists(readme), "no README.md yet");
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(readme));
        assertThat(block.find()).as("README.md has a ```java block").isTrue();
        assertThat(block.group(1).strip().lines().map(String::strip)).containsExactlyElementsOf(tagged());
    }

    /** The lines between the tags of {@link #example}. */
    private static List<String> tagged() throws IOException {
        Path source = ROOT.resolve("core/src/test/java/org/mineral/ReadmeExampleTest.java");
        List<String> lines = Files.readString(source).lines().map(String::strip).toList();
        return lines.subList(lines.indexOf("// tag::example") + 1, lines.indexOf("// end::example"));
    }

    /** {@code user,item} lines of a small planted data set; its first user is alice. */
    private static void write(Path file) throws IOException {
        Dataset planted = SyntheticData.generate(
                        SyntheticData.Options.DEFAULTS.with("users", 300).with("items", 200))
                .data();
        Interactions all = planted.all();
        StringBuilder text = new StringBuilder("user,item\n");
        for (int user = 0; user < all.users(); user++) {
            for (int item : all.row(user)) {
                text.append(user == 0 ? "alice" : planted.users().id(user))
                        .append(',')
                        .append(planted.items().id(item))
                        .append('\n');
            }
        }
        Files.writeString(file, text);
    }
}
