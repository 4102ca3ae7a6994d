package org.mineral.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.config.TuneRange;
import org.mineral.loss.Losses;
import org.mineral.tune.compare.ComparedModel;

class SpaceTest {

    static List<String> losses() {
        return Losses.names();
    }

    /** Also that every range declared on a record lies within what the record allows. */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("losses")
    void everyPointOfEveryLossIsAllowed(String loss) {
        Space space = Space.of(loss, ModelSpec.ofLoss(loss), Set.of(), 1);
        assertThat(space.point(0)).isEmpty();
        Set<Map<String, String>> seen = new HashSet<>();
        for (int k = 1; k < 200; k++) {
            Map<String, String> point = space.point(k);
            ComparedModel.of(loss, point, 1);
            assertThat(point.keySet())
                    .containsExactlyElementsOf(
                            space.ranges().stream().map(TuneRange::name).toList());
            seen.add(point);
        }
        assertThat(seen).hasSizeGreaterThan(190);
    }

    @Test
    void endsOfDeclaredRangesAreAllowed() {
        for (String loss : Losses.names()) {
            for (TuneRange range :
                    Space.of(loss, ModelSpec.ofLoss(loss), Set.of(), 1).ranges()) {
                ComparedModel.of(loss, Map.of(range.name(), range.at(0)), 1);
                ComparedModel.of(loss, Map.of(range.name(), range.at(1)), 1);
                assertThat(range.low()).isLessThan(range.high());
            }
        }
    }

    @Test
    void mirrorsDigitsBehindThePoint() {
        // Halton in base 2: 1/2, 1/4, 3/4, 1/8; in base 3: 1/3, 2/3, 1/9, 4/9
        double[] two = {0.5, 0.25, 0.75, 0.125};
        double[] three = {1 / 3.0, 2 / 3.0, 1 / 9.0, 4 / 9.0};
        for (int k = 1; k <= 4; k++) {
            assertThat(Space.mirrored(k, 2)).isEqualTo(two[k - 1]);
            assertThat(Space.mirrored(k, 3)).isCloseTo(three[k - 1], within(1e-15));
        }
    }

    /** Of any 8 points in a row, each eighth of the first setting's range gets one: rounding aside, what random draws do not do. */
    @Test
    void fillsARangeEvenly() {
        Space space =
                Space.of("mine+", ModelSpec.ofLoss("mine+"), Set.of("temperature", "learning_rate", "user_weight"), 5);
        Set<Integer> eighths = new HashSet<>();
        for (int k = 8; k < 16; k++) {
            double lambda = Double.parseDouble(space.point(k).get("lambda"));
            eighths.add((int) ((lambda - 0.9) / 0.7 * 8 - 1e-2));
        }
        assertThat(eighths).hasSizeGreaterThanOrEqualTo(7);
        assertThat(Space.of("mine+", ModelSpec.ofLoss("mine+"), Set.of(), 6).point(3))
                .isNotEqualTo(Space.of("mine+", ModelSpec.ofLoss("mine+"), Set.of(), 5)
                        .point(3));
    }

    @Test
    void explicitSettingsAreNotTuned() {
        assertThat(Space.of("mine+", ModelSpec.ofLoss("mine+"), Set.of("lambda"), 1)
                        .point(1))
                .doesNotContainKey("lambda");
        assertThat(Space.of("mse", ModelSpec.ofLoss("mse"), Set.of(), 1).point(1))
                .doesNotContainKey("temperature");
        Set<String> all = new HashSet<>(Config.names(TrainOptions.class));
        all.addAll(Set.of("lambda", "sharpness"));
        assertThatThrownBy(() -> Space.of("mine+", ModelSpec.ofLoss("mine+"), all, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing of mine+");
    }

    @Test
    void rangesOfWholeNumbersSaySo() {
        List<ModelSpec> specs = Stream.concat(
                        Losses.names().stream().map(ModelSpec::ofLoss),
                        Algorithms.names().stream().map(ModelSpec::of))
                .toList();
        for (ModelSpec spec : specs) {
            for (Config.Description setting : spec.parameters()) {
                if (!setting.tune().isEmpty()) {
                    assertThat(TuneRange.of(setting).whole())
                            .as("%s of %s", setting.name(), spec)
                            .isEqualTo(setting.whole());
                }
            }
        }
    }
}
