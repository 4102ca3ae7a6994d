package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.read.Datasets;

class AttributeSearchTest {

    private static final Set<String> SETTINGS = Set.of("attribute_weight", "own_shrinkage");
    private static final Dataset PLAIN =
            Datasets.read("builtin:tastes:users=300,items=120,activity=15").withValidInTrain();
    private static final Dataset DATA = PLAIN.withAttributes(Attributes.none(300), attributes());

    private static Attributes attributes() {
        int[][] rows = IntStream.range(0, 120).mapToObj(i -> new int[] {i % 7}).toArray(int[][]::new);
        return new Attributes(SparseMatrix.ofOnes(Interactions.of(7, rows)), IdMap.numbered(7));
    }

    /** Those of attributes that the trials of a search changed. */
    private static Set<String> tried(ModelSpec given, Dataset data) {
        return DefaultSearch.ofAny(given).threads(2).search(data).trials().stream()
                .flatMap(trial -> trial.settings().keySet().stream())
                .filter(SETTINGS::contains)
                .collect(Collectors.toSet());
    }

    @Tag("slow")
    @Test
    void settingsOfAttributesAreTriedWhereThereAreAny() {
        ModelSpec rules = ModelSpec.of(ModelSpec.DEFAULT).with("dimension", "8");
        assertThat(tried(rules, DATA)).isEqualTo(SETTINGS);
        assertThat(tried(rules, PLAIN)).isEmpty();
        assertThat(tried(rules.with("attribute_weight", "1"), DATA)).containsExactly("own_shrinkage");
        assertThat(tried(rules.with("attribute_weight", "0"), DATA)).isEmpty();
    }

    @Test
    void settingsOfAttributesHaveNoEffectWithoutThem() {
        for (String model : new String[] {"mf", "lightgcn", "bpr"}) {
            ModelSpec spec = ModelSpec.parse(model);
            assertThat(spec.unusedOn(PLAIN)).as(model).isEqualTo(SETTINGS);
            assertThat(spec.unusedOn(DATA)).as(model).isEmpty();
            assertThat(spec.with("attribute_weight", "0.0").unusedOn(DATA))
                    .as(model)
                    .isEqualTo(SETTINGS);
            assertThat(spec.with("attribute_weight", "0.1").unusedOn(DATA))
                    .as(model)
                    .isEmpty();
        }
        Dataset ofUsers = PLAIN.withAttributes(
                new Attributes(SparseMatrix.ofOnes(Interactions.of(1, new int[300][0])), IdMap.numbered(1)),
                Attributes.none(120));
        assertThat(ModelSpec.of("mf").unusedOn(ofUsers)).isEmpty();
        assertThat(ModelSpec.of("sequence").unusedOn(ofUsers)).isEqualTo(SETTINGS);
        assertThat(ModelSpec.of("ease").unusedOn(PLAIN)).isEmpty();
    }
}
