package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.CommandLineTest.Run;
import org.mineral.app.table.ParquetTable;
import org.mineral.data.IdMap;
import org.mineral.data.attributes.AttributeOptions;
import org.mineral.data.attributes.AttributeRole;
import org.mineral.data.attributes.FileAttributes;

/** The commands of {@code docs/how-to/attributes.md}, with the files that it shows. */
class AttributesDocsTest {

    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path home;

    private Run run(String command) {
        Object[] words = Arrays.stream(command.replace("./mineral ", "").split(" "))
                .map(word -> word.startsWith("--")
                        ? word
                        : Arrays.stream(word.split(","))
                                .map(part ->
                                        part.matches("(ratings|items|new|other)\\.csv|model|report.html|without|cold")
                                                ? home.resolve(part).toString()
                                                : part)
                                .collect(Collectors.joining(",")))
                .toArray();
        Run run = CommandLineTest.run(words);
        assertThat(run.code()).as(command + "\n" + run.err()).isZero();
        return run;
    }

    private Map<String, Run> commands() throws IOException {
        Map<String, Run> runs = new HashMap<>();
        List<String> names = List.of("ratings.csv", "items.csv", "new.csv");
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/how-to/attributes.md")));
        int files = 0;
        while (blocks.find()) {
            if (blocks.group(1).equals("csv")) {
                Files.writeString(home.resolve(names.get(files++)), blocks.group(2));
            } else if (blocks.group(1).equals("sh")) {
                blocks.group(2).lines().forEach(command -> runs.put(command, run(command)));
            }
        }
        return runs;
    }

    @Test
    void theWalkDoesWhatItSays() throws IOException {
        Map<String, Run> runs = commands();
        assertThat(runs).hasSizeGreaterThanOrEqualTo(5);
        assertThat(runs.get("./mineral data describe ratings.csv --item-features items.csv")
                        .out())
                .contains("genres: values, separated by | (list)", "year: a number, in bins", "9 items")
                .contains("1 of them without interactions");
        assertThat(runs.get("./mineral recommend model --user ann -n 3").out()).contains("solaris");
        assertThat(runs.get("./mineral similar model --item solaris -n 3").out())
                .contains("contact");
        assertThat(runs.get("./mineral recommend model --attributes genres=Drama -n 3")
                        .out())
                .contains("dune");
        assertThat(runs.get("./mineral recommend model --user ann -n 3 --filter genres:Romance")
                        .out())
                .contains("emma", "gigi");
        assertThat(runs.get("./mineral update model ratings.csv --item-features new.csv -o model")
                        .out())
                .contains("1 more items by their attributes");
        assertThat(runs.get("./mineral similar model --item stalker -n 2 --by attributes")
                        .out())
                .contains("alien");
    }

    @Test
    void coldItemsAreReportedApart() throws IOException {
        Run evaluated = commands().get("./mineral evaluate model cold --cold");
        assertThat(evaluated.out())
                .contains("cold: ", "ranked among such items")
                .doesNotContain("warm: ");
        Path data = home.resolve("mixed");
        Files.createDirectories(data);
        Files.writeString(
                data.resolve("train.csv"),
                "user,item\nann,alien\nbob,alien\nbob,dune\ncleo,emma\ndan,gigi\ndan,emma\n");
        Files.writeString(data.resolve("test.csv"), "user,item\nann,dune\nann,contact\nbob,contact\ncleo,gigi\n");
        Path content = home.resolve("content");
        Path popularity = home.resolve("popularity");
        assertThat(CommandLineTest.run(
                                "train",
                                data,
                                "-o",
                                content,
                                "--model",
                                "content-knn",
                                "--item-features",
                                home.resolve("items.csv"))
                        .code())
                .isZero();
        assertThat(CommandLineTest.run("train", data, "-o", popularity, "--model", "popularity")
                        .code())
                .isZero();
        Run both = CommandLineTest.run(
                "evaluate", content, data, "--cold", "--at", "3", "--against", popularity, "--json");
        assertThat(both.code()).as(both.err()).isZero();
        // Of the four items that somebody took before, three are left to rank.
        assertThat(both.json().get("cold").get("users").asInt()).isEqualTo(2);
        assertThat(both.json().get("warm").get("users").asInt()).isEqualTo(2);
        assertThat(both.json().get("warm").get("metrics").get("Recall@3").asDouble())
                .isEqualTo(1);
        assertThat(both.json().get("users").asInt()).isEqualTo(3);
        var cold = both.json()
                .get("cold")
                .get("against")
                .valueStream()
                .filter(line -> line.get("metric").asString().equals("Recall@3"))
                .findFirst()
                .orElseThrow();
        assertThat(cold.get("other").asDouble()).isZero();
    }

    @Test
    void columnsAreToldAndDescribed() throws IOException {
        commands();
        Run described = run("./mineral data describe ratings.csv --item-features items.csv"
                + " --feature-columns year=category,title=none --feature-min-rows 1 --json");
        var columns = described.json().get("attributes").values().iterator().next();
        assertThat(columns.get(0).get("role").asString()).isEqualTo("NONE");
        assertThat(columns.get(2).get("attributes").asInt()).isEqualTo(9);
        assertThat(described.json().get("data").get("items").asInt()).isEqualTo(9);
    }

    @Test
    void aModelThatTakesNoNoticeSaysSo() throws IOException {
        commands();
        Run train = run("./mineral train ratings.csv -o without --model item-knn --item-features items.csv");
        assertThat(train.err()).contains("item-knn takes no notice of attributes", "content-knn");
        assertThat(CommandLineTest.run(
                        "train", home.resolve("ratings.csv"), "-o", home.resolve("m"), "--model", "content-knn"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(2))
                .satisfies(refused -> assertThat(refused.err()).contains("--item-features FILE"));
    }

    @Test
    void parquetHasListsOfValuesAndVectors() throws IOException {
        Path file = home.resolve("items.parquet");
        try (ParquetTable table = new ParquetTable("item varchar, kind varchar, v float[]")) {
            for (int k = 0; k < 6; k++) {
                table.add("i" + k, "k" + k % 2, new float[] {k + 0.5f, 0.25f});
            }
            table.write(file);
        }
        FileAttributes read = FileAttributes.ofItems(file, IdMap.numbered(0), AttributeOptions.DEFAULTS);
        assertThat(read.columns())
                .extracting(column -> column.role())
                .containsExactly(AttributeRole.CATEGORY, AttributeRole.VECTOR);
        double mean = IntStream.range(0, 6)
                .mapToDouble(k -> (k + 0.5) * (k + 0.5) + 0.0625)
                .average()
                .orElseThrow();
        int first = read.attributes().names().index("v=0");
        assertThat((double) read.attributes().x().get(read.ids().index("i3"), first))
                .isCloseTo(3.5 / Math.sqrt(mean), org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void filesThatTellOfNobodyInTheDataAreRefused() throws IOException {
        commands();
        Path other = Files.writeString(home.resolve("other.csv"), "item,colour\n007,red\n008,red\n");
        Run refused = CommandLineTest.run(
                "train", home.resolve("ratings.csv"), "-o", home.resolve("m"), "--item-features", other);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains(
                        "other.csv: found none of the data's 8 items, the first is '007'; allowed: ids as in the data");
        Run ofUsers = CommandLineTest.run(
                "data", "describe", home.resolve("ratings.csv"), "--user-features", home.resolve("items.csv"));
        assertThat(ofUsers.code()).isEqualTo(2);
        assertThat(ofUsers.err()).contains("items.csv: found none of the data's 4 users");
        // Beside a file that tells of some, one of new items alone is welcome.
        run("./mineral data describe ratings.csv --item-features items.csv,other.csv");
    }

    @Test
    void anAttributeOfTwoFilesIsRefused() throws IOException {
        commands();
        Run twice = CommandLineTest.run(
                "data",
                "describe",
                home.resolve("ratings.csv"),
                "--item-features",
                home.resolve("items.csv") + "," + home.resolve("items.csv"));
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.err()).contains("in two side files");
    }
}
