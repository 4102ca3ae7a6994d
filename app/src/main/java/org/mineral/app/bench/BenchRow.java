package org.mineral.app.bench;

import java.util.Map;
import org.mineral.app.json.JsonText;

/**
 * One line of the results.
 *
 * @param dimension of the embeddings; 0 if it does not matter
 * @param seconds of one call, epoch or file
 * @param value work per second, in {@code unit}
 * @param limit description of the limit; {@code limitValue} is in the same unit
 * @param share value / limit, the median over laps
 */
record BenchRow(
        String group,
        String name,
        int dimension,
        int threads,
        double seconds,
        double value,
        String unit,
        String limit,
        double limitValue,
        double share) {

    Map<String, Object> json() {
        return JsonText.object(
                "group",
                group,
                "name",
                name,
                "dimension",
                dimension,
                "threads",
                threads,
                "seconds",
                seconds,
                "value",
                value,
                "unit",
                unit,
                "limit",
                limit,
                "limitValue",
                limitValue,
                "fraction",
                share);
    }
}
