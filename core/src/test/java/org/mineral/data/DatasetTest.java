package org.mineral.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mineral.data.read.Files4Tests.write;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.data.read.Datasets;
import org.mineral.data.synthetic.SyntheticData;

class DatasetTest {

    @TempDir
    Path directory;

    @Test
    void alignedSpeaksTheModelsIndicesAndCountsWhatItDoesNotKnow() {
        write(directory, "train.csv", "user,item\na,x\na,y\nb,x\n");
        write(directory, "test.csv", "user,item\na,z\na,w\nb,y\nc,x\nb,z\n");
        Dataset data = Datasets.read(directory);
        AlignedDataset aligned = data.aligned(IdMap.of(List.of("d", "b", "a")), IdMap.of(List.of("w", "y", "x")));
        assertThat(aligned.train()).isEqualTo(Interactions.of(3, new int[0], new int[] {2}, new int[] {1, 2}));
        assertThat(aligned.test()).isEqualTo(Interactions.of(3, new int[0], new int[] {1}, new int[] {0}));
        assertThat(aligned.unknownTestItems()).containsExactly(0, 1, 1);
        assertThat(aligned.unknownUsers()).isEqualTo(1);
        assertThat(aligned.unknownItems()).isEqualTo(1);
    }

    @Test
    void alignedWithItsOwnIndicesIsTheSame() {
        Dataset data =
                SyntheticData.generate("builtin:tastes:users=50,items=60").data();
        AlignedDataset aligned = data.aligned(data.users(), data.items());
        assertThat(aligned.test()).isSameAs(data.test());
        assertThat(aligned.unknownTestItems()).containsOnly(0).hasSize(50);
    }

    @Test
    void laterPartsLoseThePairsOfEarlierOnes() {
        Interactions train = Interactions.of(3, new int[] {0});
        Dataset data =
                Dataset.of("x", train, Interactions.of(3, new int[] {0, 1}), Interactions.of(3, new int[] {0, 1, 2}));
        assertThat(data.valid()).isEqualTo(Interactions.of(3, new int[] {1}));
        assertThat(data.test()).isEqualTo(Interactions.of(3, new int[] {2}));
        assertThat(data.seen()).isEqualTo(Interactions.of(3, new int[] {0, 1}));
    }

    @Test
    void theHashDependsOnIdsPairsAndParts() {
        Interactions some = Interactions.of(2, new int[] {0}, new int[] {1});
        Interactions none = Interactions.empty(2, 2);
        String hash = Dataset.of("x", some, none, none).hash();
        assertThat(Dataset.of("y", some, none, none).hash())
                .as("not on the name")
                .isEqualTo(hash);
        assertThat(Dataset.of("x", none, some, none).hash()).isNotEqualTo(hash);
        IdMap ids = IdMap.of(List.of("0", "2"));
        assertThat(Dataset.of("x", ids, ids, some, none, none).hash()).isNotEqualTo(hash);
    }

    @Test
    void theIdentityAlsoDependsOnRatingsTimesAndOrder() {
        Interactions pair = Interactions.of(2, new int[] {0}, new int[] {1});
        Interactions none = Interactions.empty(2, 2);
        Dataset data = Dataset.of("x", pair, none, none);
        assertThat(data.identity()).containsOnly(Map.entry("data_hash", data.hash()));
        assertThat(Stream.of(
                                new Events(pair, new double[] {1, 2}, null),
                                new Events(pair, new double[] {1, 3}, null),
                                new Events(pair, null, new long[] {5, 6}),
                                new Events(pair, null, null, new long[] {6, 5}))
                        .map(events -> data.withEvents(events).identity()))
                .doesNotHaveDuplicates()
                .allSatisfy(identity -> assertThat(identity).containsEntry("data_hash", data.hash()));
    }

    @Test
    void statisticsOfASmallExampleAreThoseByHand() {
        String text =
                "user,item,rating,timestamp\na,x,1,1365029107\na,y,5,1365029108\nb,x,5,1365029109\nc,x,4,1365029110\n";
        DataStatistics statistics = DataStatistics.of(Datasets.read(write(directory, "d.csv", text)));
        assertThat(statistics.interactions()).isEqualTo(Map.of("train", 4, "valid", 0, "test", 0));
        assertThat(statistics.density()).isEqualTo(4 / 6.0);
        assertThat(statistics.perUser().max()).isEqualTo(2);
        assertThat(statistics.perItem().mean()).isEqualTo(2);
        assertThat(statistics.gini()).as("(3 - 1) / (2 * 4)").isCloseTo(0.25, within(1e-12));
        assertThat(statistics.shareOfTop1Percent()).isEqualTo(0.75);
        assertThat(statistics.ratings()).isEqualTo(Map.of("1", 1, "4", 1, "5", 2));
        assertThat(statistics.time().firstDate()).isEqualTo("2013-04-03T22:45:07Z");
        assertThat(statistics.ratingQuantiles()).isEqualTo(new DataStatistics.Quantiles(3.75, 1, 1, 4, 5, 5, 5, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "105810.4, 105810",
        "105810, 105810",
        "100000.5, 100001",
        "20, 20",
        "0.1, 0.1",
        "1234567, 1234567",
        "-70540.4, -70540.4",
        "0, 0",
        "-0.0, 0",
        "1e7, 10000000",
        "352698, 352698",
        "0.00012, 0.00012",
        "3.5, 3.5"
    })
    void numbersKeepTheZerosOfWholeNumbers(double value, String text) {
        assertThat(DataStatistics.short6(value)).isEqualTo(text);
    }

    @Test
    void rangesOfRatingsAreNamedByTheirEnds() {
        StringBuilder text = new StringBuilder("user,item,rating\n");
        for (int k = 0; k <= 40; k++) {
            text.append("u,i%d,%s\n".formatted(k, 35270.2 + (k / 40.0) * (388080.2 - 35270.2)));
        }
        DataStatistics even = DataStatistics.of(Datasets.read(write(directory, "even.csv", text.toString())));
        assertThat(even.ratings()).hasSize(10).containsKeys("35270.2 to 70551.2", "70551.2 to 105832");
        assertThat(even.ratings().values().stream().mapToInt(n -> n).sum()).isEqualTo(41);
    }

    /** Counts of plays: equal ranges would say "0 to 35000" of nearly all of them. */
    @Test
    void rangesOfWeightsThatSpanPowersOfTenDoSoToo() {
        StringBuilder text = new StringBuilder("user,item,weight\nu,none,0\nu,less,-2\nu,most,352698\n");
        for (int k = 1; k <= 30; k++) {
            text.append("u,i%d,%d\n".formatted(k, k));
        }
        text.append("u,ten,10\nu,hundred,100\nu,half,0.5\n");
        DataStatistics weights = DataStatistics.of(Datasets.read(write(directory, "w.csv", text.toString())));
        assertThat(weights.ratings())
                .containsExactly(
                        Map.entry("below 0", 1),
                        Map.entry("0", 1),
                        Map.entry("from 0.1 to below 1", 1),
                        Map.entry("from 1 to below 10", 9),
                        Map.entry("from 10 to below 100", 22),
                        Map.entry("from 100 to below 1000", 1),
                        Map.entry("from 100000 to below 1000000", 1));
        assertThat(weights.ratingQuantiles().median()).isEqualTo(14);
        assertThat(weights.ratingQuantiles().max()).isEqualTo(352698);
    }

    @ParameterizedTest
    @CsvSource({
        "yelp2018, 31668, 38048, 1237259, 324147",
        "gowalla, 29858, 40981, 810128, 217242",
        "amazon-electronics-small, 1435, 1522, 31887, 4044",
        "movietweetings-100k, 16554, 10506, 100000, 0",
    })
    void realDataSetsHaveTheirPublishedSizes(String name, int users, int items, int train, int test) {
        String given = System.getProperty("MINERAL_DATA", System.getenv("MINERAL_DATA"));
        // tests run in the module's directory, the data lies beside the repository
        Path root = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given);
        Assumptions.assumeTrue(Files.isDirectory(root.resolve(name)), name + " is not here");
        Dataset data = Datasets.read(root.resolve(name));
        assertThat(data.users().size()).isEqualTo(users);
        assertThat(data.items().size()).isEqualTo(items);
        assertThat(data.train().size()).isEqualTo(train);
        assertThat(data.test().size()).isEqualTo(test);
        assertThat(data.report().notes()).isEmpty();
    }

    @Test
    void aMapOfIdsIsNotChangedByWhatItsBuilderTakesLater() {
        IdMap.Builder builder = IdMap.builder();
        builder.add("a");
        IdMap first = builder.build();
        assertThat(builder.add("b")).isEqualTo(1);
        assertThat(builder.add("a")).isZero();
        assertThat(first.ids()).containsExactly("a");
        assertThat(first.index("b")).isEqualTo(-1);
        assertThat(builder.build().ids()).containsExactly("a", "b");
    }
}
