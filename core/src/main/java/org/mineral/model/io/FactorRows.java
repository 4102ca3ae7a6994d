package org.mineral.model.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.data.IdMap;
import org.mineral.data.rows.Ids;
import org.mineral.linalg.Matrix;

/** Collects ids and factors from the rows of a table. */
@Internal
public final class FactorRows {

    private final Path file;
    private final IdMap.Builder ids = IdMap.builder();
    private final List<float[]> rows = new ArrayList<>();

    /** @param file named in error messages */
    public FactorRows(Path file) {
        this.file = file;
    }

    /** @throws InputException if the id is no valid one or occurs twice, or the row's length differs from the first one's */
    public void add(long line, String id, float[] factors) {
        if (ids.add(Ids.check(file, line, "id", id)) != rows.size()) {
            throw new InputException(file + ":" + line + ": id '" + id + "' occurs twice.");
        }
        if (factors.length == 0 || !rows.isEmpty() && factors.length != rows.get(0).length) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s:%d: found %d factors; allowed: the same number in all rows, 1 or more.",
                    file,
                    line,
                    factors.length));
        }
        rows.add(factors);
    }

    /** The id, then the factors as text. */
    public void add(long line, List<String> fields) {
        float[] factors = new float[fields.size() - 1];
        for (int k = 0; k < factors.length; k++) {
            try {
                factors[k] = Float.parseFloat(fields.get(k + 1));
            } catch (NumberFormatException e) {
                throw new InputException(
                        file + ":" + line + ": found a factor that is no number in column " + (k + 2) + ".", e);
            }
        }
        add(line, fields.get(0), factors);
    }

    public IdMap ids() {
        return ids.build();
    }

    public Matrix matrix() {
        Matrix matrix = new Matrix(rows.size(), rows.isEmpty() ? 1 : rows.get(0).length);
        for (int r = 0; r < matrix.rows(); r++) {
            matrix.setRow(r, rows.get(r));
        }
        return matrix;
    }
}
