package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.tune.compare.ComparisonResult.Contrast;
import org.mineral.tune.compare.ComparisonResult.Entry;

class ComparisonTest {

    private static final String TASTES = "builtin:tastes:users=600,items=300,popularity=0.3,beta=12";
    private static final Dataset DATA = Datasets.read(TASTES);
    private static final Map<String, String> SMALL = Map.of("dimension", "16", "block_size", "64", "lambda", "1.1");

    private static Comparison comparison(String... losses) {
        return Comparison.of(DATA)
                .source(TASTES)
                .losses(List.of(losses))
                .budget(Budget.epochs(4))
                .settings(SMALL)
                .threads(2)
                .listener(new Repeating());
    }

    @Test
    void is_the_same_to_the_bit_for_any_number_of_threads() {
        ComparisonResult one = comparison("mine+", "sampled-softmax").threads(1).run();
        ComparisonResult two = comparison("mine+", "sampled-softmax").threads(2).run();
        assertThat(two.entries()).hasSameSizeAs(one.entries());
        for (int e = 0; e < one.entries().size(); e++) {
            Entry a = one.entries().get(e);
            Entry b = two.entries().get(e);
            assertThat(b.name()).isEqualTo(a.name());
            assertThat(b.metrics()).isEqualTo(a.metrics());
            assertThat(b.intervals()).isEqualTo(a.intervals());
            assertThat(b.againstBest()).isEqualTo(a.againstBest());
            assertThat(b.curve())
                    .extracting("validation")
                    .isEqualTo(a.curve().stream()
                            .map(ComparisonResult.Point::validation)
                            .toList());
        }
    }

    @Test
    void ranks_losses_between_the_floor_and_the_ceiling_and_says_which_differences_are_real() {
        ComparisonResult result = comparison("mine+", "softmax").run();
        Entry best = result.best();
        Entry ceiling = result.ceiling();
        assertThat(best).isNotNull();
        assertThat(ceiling).isNotNull();
        assertThat(best.metric("NDCG@20"))
                .isGreaterThan(result.floor().metric("NDCG@20"))
                .isLessThan(ceiling.metric("NDCG@20"));
        assertThat(result.entries().get(1).metric("NDCG@20")).isLessThanOrEqualTo(best.metric("NDCG@20"));
        assertThat(best.againstBest()).isNull();
        Contrast floor = result.floor().againstBest();
        assertThat(floor.real()).isTrue();
        assertThat(floor.difference()).isNegative();
        assertThat(best.intervals().get("NDCG@20").low()).isLessThan(best.metric("NDCG@20"));
        assertThat(best.intervals().get("NDCG@20").high()).isGreaterThan(best.metric("NDCG@20"));
        assertThat(best.strata()).extracting("name").containsExactly("head", "mid", "tail");
        assertThat(best.curve()).hasSize(4);
        assertThat(best.curve().get(best.bestEpoch() - 1).validation())
                .isEqualTo(best.curve().stream()
                        .mapToDouble(ComparisonResult.Point::validation)
                        .max()
                        .orElseThrow());
    }

    @Test
    void several_seeds_are_one_entry_each_with_their_mean_and_their_spread() {
        ComparisonResult result = comparison("mine+", "mse")
                .seeds(List.of(7L, 8L, 9L))
                .information(true)
                .run();
        assertThat(result.seeds()).containsExactly(7L, 8L, 9L);
        for (Entry entry : result.entries()) {
            assertThat(entry.seeds()).extracting("seed").containsExactly(7L, 8L, 9L);
            double mean = entry.seeds().stream()
                    .mapToDouble(s -> s.metrics().get("NDCG@20"))
                    .average()
                    .orElseThrow();
            assertThat(entry.metric("NDCG@20")).isCloseTo(mean, within(1e-12));
            assertThat(entry.spread("NDCG@20")).isPositive();
            assertThat(entry.information()).isNotNull();
            assertThat(entry.commands().get(0)).endsWith("seed=7");
        }
        // DATA bring a validation part along, so that a training is the same in any list of seeds.
        assertThat(entry(comparison("mine+").seed(8).run(), "mine+").metrics())
                .isEqualTo(entry(result, "mine+").seeds().get(1).metrics());
        assertThat(result.pairs()).hasSize(3);
    }

    @Test
    void settings_reach_the_losses_that_have_them_and_the_commands() {
        ComparisonResult result = comparison("mine+", "softmax").run();
        Entry plus = entry(result, "mine+");
        Entry softmax = entry(result, "softmax");
        assertThat(plus.settings()).containsEntry("lambda", "1.1").containsEntry("dimension", "16");
        assertThat(softmax.settings()).doesNotContainKey("lambda");
        assertThat(plus.settings()).doesNotContainValue("auto");
        assertThat(plus.commands().get(0)).startsWith(TASTES).contains("mine+", "lambda=1.1", "epochs=4", "seed=42");
        assertThat(softmax.commands().get(0)).startsWith(TASTES).contains("softmax");
    }

    @Test
    void a_loss_that_diverges_is_an_entry_with_its_reason_and_the_others_go_on() {
        ComparisonResult result = comparison("mse", "mine+")
                .settings(Map.of(
                        "learning_rate", "1000", "optimizer", "sgd", "schedule", "constant", "similarity", "dot"))
                .run();
        assertThat(result.entries()).hasSize(2).anyMatch(Entry::failed);
        Entry failed =
                result.entries().stream().filter(Entry::failed).findFirst().orElseThrow();
        assertThat(failed.failure()).contains("learning_rate");
        assertThat(failed.metrics()).isEmpty();
        assertThat(result.floor().metrics()).containsKey("NDCG@20");
    }

    @Test
    void missing_parts_are_made_and_that_is_said() {
        Interactions all = DATA.all();
        Interactions none = Interactions.empty(all.users(), all.items());
        DataProtocol single = DataProtocol.of(Dataset.of("single", all, none, none), 7);
        assertThat(single.made()).isEqualTo(DataProtocol.Made.VALIDATION_AND_TEST);
        assertThat(single.data().all().size()).isEqualTo(all.size());
        assertThat(single.sentences(Budget.epochs(1), 1).get(0)).contains("80 %", "seed 7");
        DataProtocol held = DataProtocol.of(Dataset.of("pair", DATA.seen(), none, DATA.test()), 7);
        assertThat(held.made()).isEqualTo(DataProtocol.Made.VALIDATION);
        assertThat(held.data().test().size()).isEqualTo(DATA.test().size());
        assertThat(held.sentences(Budget.epochs(1), 1).get(0)).contains("held out");
        assertThat(DataProtocol.of(DATA, 7).data()).isSameAs(DATA);
    }

    @Tag("slow")
    @Test
    void a_budget_of_seconds_is_turned_into_epochs_that_the_commands_name() {
        ComparisonResult result = comparison("mine+").budget(Budget.seconds(1)).run();
        Entry entry = entry(result, "mine+");
        assertThat(entry.curve()).isNotEmpty();
        assertThat(entry.commands().get(0)).contains(" epochs=" + entry.curve().size() + " ");
    }

    @Test
    void what_cannot_be_compared_is_refused_before_training() {
        assertThatThrownBy(() -> comparison("mine+", "sofmax").check())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'softmax'");
        assertThatThrownBy(
                        () -> comparison("mine+").settings(Map.of("lamda", "1")).check())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'lambda'");
        assertThatThrownBy(() ->
                        comparison("mine+").settings(Map.of("epochs", "3")).check())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its budget");
        assertThatThrownBy(() -> comparison().check()).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> comparison("mine+").seeds(List.of(1L, 1L)).check())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("each once");
    }

    private static Entry entry(ComparisonResult result, String name) {
        return result.entries().stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
