package org.mineral.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.mineral.model.Model;

/** Lists of a frame, and those of the same model in core. */
final class CollectedLists {

    private CollectedLists() {}

    /** By the first column: the ids of the list in the last one. */
    static Map<String, List<String>> ids(Dataset<Row> lists) {
        return lists.collectAsList().stream()
                .collect(Collectors.toMap(
                        row -> row.getString(0),
                        row -> row.<Row>getList(row.size() - 1).stream()
                                .map(one -> one.getString(0))
                                .toList()));
    }

    static int[] numbers(Model core, List<String> ids) {
        return ids.stream().mapToInt(core.items()::index).toArray();
    }

    /** All users have the lists of ten that core gives them, without what they took. */
    static void assertListsOf(Model core, Map<String, List<String>> lists) {
        assertThat(lists).hasSize(core.users().size());
        lists.forEach((user, list) -> assertThat(core.recommend(user, 10, true).stream()
                        .map(one -> one.item())
                        .toList())
                .isEqualTo(list));
    }
}
