package org.mineral.comparisons;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mineral.linalg.Matrix;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The process of {@code comparisons/python/baselines.py}: one line of JSON to it, one line back. */
final class PythonProcess implements AutoCloseable {

    /** What {@code run.sh} ends with when Python or its packages are not to be had. */
    private static final int SKIPPED = 3;

    /** There is no Python here, or its packages cannot be had. */
    static final class SkippedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        SkippedException() {
            super("skipped");
        }
    }

    /** The baseline answered that it cannot do this. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;
    private final Path directory;

    /** Writes the data into the directory and starts the process there. */
    PythonProcess(Path script, Path directory, Conditions conditions) {
        this.directory = directory;
        try {
            write(conditions);
            process = new ProcessBuilder(script.toString(), directory.toString(), String.valueOf(conditions.threads()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    private void write(Conditions conditions) throws IOException {
        var train = conditions.data().train();
        var start = conditions.start();
        Map<String, Integer> shape =
                Map.of("users", train.users(), "items", train.items(), "dimension", start.dimension());
        Files.writeString(directory.resolve("shape.json"), JsonMapper.shared().writeValueAsString(shape));
        write("offsets.i32", train.offsets());
        write("columns.i32", train.columns());
        write("users.f32", start.userFactors());
        write("items.f32", start.itemFactors());
    }

    private void write(String name, int[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        Files.write(directory.resolve(name), bytes.array());
    }

    private void write(String name, Matrix matrix) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(4 * matrix.rows() * matrix.columns()).order(ByteOrder.LITTLE_ENDIAN);
        for (int r = 0; r < matrix.rows(); r++) {
            bytes.asFloatBuffer().put(r * matrix.columns(), matrix.row(r));
        }
        Files.write(directory.resolve(name), bytes.array());
    }

    /** A matrix that the process left in the directory. */
    Matrix read(String name, int columns) {
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap(Files.readAllBytes(directory.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
            float[] row = new float[columns];
            Matrix matrix = new Matrix(bytes.limit() / 4 / columns, columns);
            for (int r = 0; r < matrix.rows(); r++) {
                bytes.asFloatBuffer().get(r * columns, row);
                matrix.setRow(r, row);
            }
            return matrix;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to one order. */
    JsonNode ask(Map<String, Object> order) {
        String line;
        try {
            orders.write(JsonMapper.shared().writeValueAsString(order) + "\n");
            orders.flush();
            line = answers.readLine();
        } catch (IOException e) {
            line = null;
        }
        if (line == null) {
            throw ended();
        }
        JsonNode answer = JsonMapper.shared().readTree(line);
        if (answer.has("error")) {
            throw new RefusedException(answer.get("error").asString());
        }
        return answer;
    }

    private RuntimeException ended() {
        try {
            if (process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == SKIPPED) {
                return new SkippedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new IllegalStateException("the baseline's process ended early; its standard error says why");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
