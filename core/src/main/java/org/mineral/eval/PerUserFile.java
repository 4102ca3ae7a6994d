package org.mineral.eval;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mineral.data.IdMap;
import org.mineral.data.rows.IdFile;
import org.mineral.files.AtomicFile;
import org.mineral.files.WriteErrors;

/**
 * Writes values by user as tab-separated text: a header, then one line for each user with the id (escaped as in model files), the number of
 * test items and the metrics.
 */
public final class PerUserFile {

    private PerUserFile() {}

    /** The file is replaced atomically. */
    public static void write(Path file, Evaluation evaluation, IdMap users) {
        try (AtomicFile place = new AtomicFile(file)) {
            try (Writer writer = Files.newBufferedWriter(place.path())) {
                writeTo(writer, evaluation.perUser(), users);
            }
            place.commit();
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
    }

    private static void writeTo(Writer writer, Evaluation.PerUser values, IdMap users) throws IOException {
        writer.write("user\ttest_items\t" + String.join("\t", values.values().keySet()) + "\n");
        double[][] columns = values.values().values().toArray(double[][]::new);
        for (int p = 0; p < values.userIndices().length; p++) {
            StringBuilder line = new StringBuilder(IdFile.escape(users.id(values.userIndices()[p])));
            line.append('\t').append(values.testItems()[p]);
            for (double[] column : columns) {
                line.append('\t').append(column[p]);
            }
            writer.write(line.append('\n').toString());
        }
    }
}
