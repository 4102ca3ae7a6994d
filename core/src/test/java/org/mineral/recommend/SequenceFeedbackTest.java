package org.mineral.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.model.Model;
import org.mineral.recommend.UserProfile.Source;

/** Lists of a model of sequences move with every event, in the order in which the events came. */
class SequenceFeedbackTest {

    private static final Model MODEL = model();
    private static final LoadedModel LOADED = LoadedModel.of(MODEL, Catalogue.of(MODEL.items()));

    /** Users who took three items in descending order, so that order and indices differ. */
    private static Model model() {
        int[][] rows = new int[30][];
        for (int u = 0; u < rows.length; u++) {
            rows[u] = new int[] {u % 10, u % 10 + 1, u % 10 + 3};
        }
        Interactions train = Interactions.of(14, rows);
        long[] times = new long[train.size()];
        for (int k = 0; k < times.length; k++) {
            times[k] = -train.columns()[k];
        }
        Interactions none = Interactions.empty(30, 14);
        Dataset data = Dataset.of("rows", IdMap.numbered(30), IdMap.numbered(14), train, none, none)
                .withEvents(new Events(train, null, times));
        return ModelSpec.parse("sequence(dimension=6,epochs=2)")
                .configured()
                .fit(data, FitContext.defaults().withThreads(1))
                .model();
    }

    private static Map<String, Double> items(String... ids) {
        Map<String, Double> items = new LinkedHashMap<>();
        for (String id : ids) {
            items.put(id, 1.0);
        }
        return items;
    }

    private static List<RankedItems.Entry> list(Map<String, Double> since) {
        Recommendations recommendations = new Recommendations(user -> since.isEmpty()
                ? null
                : new Feedback.Since(since, List.copyOf(since.keySet()).hashCode()));
        return recommendations.user(LOADED, "4", Query.of(8)).items();
    }

    @Test
    void anEventComesAfterWhatTheUserTookBefore() {
        // User 4 took 7, then 5, then 4.
        assertThat(MODEL.sequence(4)).containsExactly(7, 5, 4);
        Recommendations plain = new Recommendations(Feedback.NONE);
        List<RankedItems.Entry> same =
                plain.history(LOADED, items("7", "5", "4"), Query.of(8)).items();
        assertThat(list(Map.of())).isEqualTo(same);
        for (String[] events : new String[][] {{"9"}, {"9", "2"}, {"2", "9"}}) {
            String[] all = new String[3 + events.length];
            System.arraycopy(new String[] {"7", "5", "4"}, 0, all, 0, 3);
            System.arraycopy(events, 0, all, 3, events.length);
            assertThat(list(items(events)))
                    .isEqualTo(plain.history(LOADED, items(all), Query.of(8)).items());
        }
        assertThat(list(items("9", "2"))).isNotEqualTo(list(items("2", "9")));
    }

    @Test
    void theProfileSaysWhereAListComesFromAndExplanationsAddUp() {
        Recommendations recommendations = new Recommendations(user -> new Feedback.Since(items("9"), 1));
        RankedItems moved = recommendations.user(LOADED, "4", Query.of(3));
        assertThat(moved.how().profile().source()).isEqualTo(Source.UPDATED);
        String first = moved.items().get(0).item();
        Explanation why = recommendations.explainUser(LOADED, "4", first, 10);
        assertThat(why.contributions()).hasSize(4);
        double sum = why.contributions().stream()
                .mapToDouble(Explanation.Contribution::contribution)
                .sum();
        assertThat(sum).isCloseTo(moved.items().get(0).score(), org.assertj.core.data.Offset.offset(1e-5));
        assertThat(why.rest()).isZero();
    }
}
