package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.read.Datasets;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Pair;

class AttributeTwinsTest {

    private static final Dataset PLAIN = Datasets.read("builtin:tastes:users=200,items=80,activity=15");
    private static final Dataset DATA = PLAIN.withAttributes(Attributes.none(200), attributes());

    private static Attributes attributes() {
        int[][] rows = IntStream.range(0, 80).mapToObj(i -> new int[] {i % 7}).toArray(int[][]::new);
        return new Attributes(SparseMatrix.ofOnes(Interactions.of(7, rows)), IdMap.numbered(7));
    }

    private static List<String> names(Dataset data, Map<String, String> settings, String... models) {
        List<ModelSpec> specs = List.of(models).stream().map(ModelSpec::parse).toList();
        return List.copyOf(
                References.withTwins(ComparedModel.named(specs), data, settings).keySet());
    }

    @Test
    void oneModelOfEachAlgorithmIsTrainedWithoutThem() {
        assertThat(names(DATA, Map.of(), "bpr", "mine+", "softmax"))
                .containsExactly("bpr", "mine+", "mine+ without attributes", "softmax");
        assertThat(names(DATA, Map.of(), "bpr", "softmax")).containsExactly("bpr", "bpr without attributes", "softmax");
        assertThat(names(DATA, Map.of(), "ease", "content-knn", "hybrid-knn", "lightgcn"))
                .containsExactly(
                        "ease",
                        "content-knn",
                        "hybrid-knn",
                        "hybrid-knn without attributes",
                        "lightgcn",
                        "lightgcn without attributes");
    }

    @Test
    void nothingIsAddedWithoutAttributesOrToAWeightThatIsGiven() {
        assertThat(names(PLAIN, Map.of(), "mine+")).containsExactly("mine+");
        assertThat(names(DATA, Map.of("attribute_weight", "1"), "mine+")).containsExactly("mine+");
        assertThat(names(DATA, Map.of(), "mf(attribute_weight=0)", "mf"))
                .containsExactly("mf(attribute_weight=0)", "mf", "mf without attributes");
    }

    @Test
    void theModelWithoutIsTheOneOfDataWithoutAttributes() {
        Map<String, String> small = Map.of("dimension", "8");
        Comparison of = Comparison.of(DATA).losses(List.of("mine+")).budget(Budget.epochs(2));
        ComparisonResult with = of.settings(small).run();
        ComparisonResult plain = Comparison.of(PLAIN)
                .losses(List.of("mine+"))
                .budget(Budget.epochs(2))
                .settings(small)
                .run();
        assertThat(with.withoutAttributes()).containsExactly(Map.entry("mine+ without attributes", "mine+"));
        assertThat(with.entries())
                .filteredOn(entry -> entry.name().equals("mine+ without attributes"))
                .singleElement()
                .extracting(Entry::metrics)
                .isEqualTo(plain.entries().get(0).metrics());
        assertThat(with.pairs())
                .extracting(Pair::first, Pair::second)
                .anySatisfy(pair ->
                        assertThat(pair.toList()).containsExactlyInAnyOrder("mine+", "mine+ without attributes"));
    }
}
