package org.mineral.eval;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.model.IdFile;

/**
 * Values by user as tab-separated text: a header, then one line a user with the id (escaped as in model files), the number
 * of test items and the metrics.
 */
public final class PerUserFile {

    private PerUserFile() {}

    /** Writes to a temporary name and renames, so that no half a file is ever left. */
    public static void write(Path file, Evaluation evaluation, IdMap users) {
        Path target = file.toAbsolutePath();
        String token = UUID.randomUUID().toString().substring(0, 8);
        Path fresh = target.resolveSibling("." + target.getFileName() + "." + token);
        try {
            try (Writer writer = Files.newBufferedWriter(fresh)) {
                writeTo(writer, evaluation.perUser(), users);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new InputException(
                    "cannot write " + file + ": " + e + ". Check the path, its permissions and the space on the disk.",
                    e);
        } finally {
            deleteQuietly(fresh);
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

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return;
        }
    }
}
