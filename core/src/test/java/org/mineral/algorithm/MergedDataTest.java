package org.mineral.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.model.Model;
import org.mineral.model.TestModels;

class MergedDataTest {

    @Test
    void aModelMayHaveIdsThatNewDataMayNot() {
        Model model = TestModels.tiny();
        assertThat(model.users().ids()).contains("");
        Dataset news = Dataset.of(
                "today",
                IdMap.of(List.of("newcomer")),
                IdMap.of(List.of("novelty")),
                Interactions.of(1, new int[] {0}),
                Interactions.empty(1, 1),
                Interactions.empty(1, 1));
        Dataset merged = MergedData.of(model, news);
        assertThat(merged.users().ids()).contains("", "newcomer");
        assertThat(merged.train().size()).isEqualTo(model.known().size() + 1);
    }
}
