package org.mineral.app.bench;

import java.util.Map;
import org.mineral.app.Json;

/**
 * One line of the results.
 *
 * @param dimension of the embeddings; 0 where it plays no part
 * @param seconds of one call, epoch or file
 * @param value work a second, in {@code unit}
 * @param limit what bounds it, in words, and {@code limitValue}, in the same unit
 * @param share value against limit, the median over laps of each lap's own share
 */
record Row(
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
        return Json.object(
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
