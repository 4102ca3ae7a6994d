package org.mineral.algorithm.embedding;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;

/** Attributes that say something of planted vectors: two for each coordinate, that it is large, and that it is small. */
public final class PlantedSigns {

    private PlantedSigns() {}

    public static Attributes of(float[][] vectors) {
        int[][] rows = Arrays.stream(vectors)
                .map(v -> IntStream.range(0, 2 * v.length)
                        .filter(k -> (k % 2 == 0 ? v[k / 2] : -v[k / 2]) > 0.2)
                        .toArray())
                .toArray(int[][]::new);
        Interactions entries = Interactions.of(2 * vectors[0].length, rows);
        List<String> names =
                IntStream.range(0, entries.items()).mapToObj(a -> "sign=" + a).toList();
        return new Attributes(
                SparseMatrix.ofOnes(entries),
                IdMap.of(names),
                List.of(new Attributes.Field("sign", "list", List.of())));
    }
}
