package org.mineral.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.mineral.config.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What libraries log, as JSON. */
class ServerLogTest {

    private static JsonNode line(LogRecord record, boolean debug) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ServerLog log =
                new ServerLog(new PrintStream(bytes, true, StandardCharsets.UTF_8), ServerLog.Format.JSON, debug);
        log.publish(record);
        return JsonMapper.shared().readTree(bytes.toString(StandardCharsets.UTF_8));
    }

    private static LogRecord failure() {
        LogRecord record = new LogRecord(Level.SEVERE, "cannot read {0} of {1}");
        record.setParameters(new Object[] {"page", "file"});
        record.setThrown(new IllegalStateException("closed", new RuntimeException("by the other side")));
        record.setLoggerName("org.example");
        return record;
    }

    @Test
    void aMessageHasItsParametersAndTheException() {
        JsonNode line = line(failure(), false);
        assertThat(line.propertyNames()).containsExactly("time", "level", "message", "logger", "exception");
        assertThat(line.get("level").asString()).isEqualTo("error");
        assertThat(line.get("message").asString()).isEqualTo("cannot read page of file");
        assertThat(line.get("logger").asString()).isEqualTo("org.example");
        assertThat(line.get("exception").asString()).isEqualTo("java.lang.IllegalStateException: closed");
        assertThat(line(failure(), true).get("stack").asString())
                .contains("Caused by: java.lang.RuntimeException: by the other side", "\tat ");
    }

    @Test
    void anErrorOfMineralsOwnIsItsMessageAndAnotherHasItsName() {
        assertThat(failed(new InputException("the log is full."))).isEqualTo("error: the log is full. (request r1)\n");
        assertThat(failed(new IllegalStateException("closed")))
                .isEqualTo("error: java.lang.IllegalStateException: closed (request r1)\n");
    }

    private static String failed(Throwable e) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ServerLog(new PrintStream(bytes, true, StandardCharsets.UTF_8), ServerLog.Format.TEXT, false)
                .failure("r1", e);
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void aMessageWithoutEitherIsAsItWas() {
        JsonNode line = line(new LogRecord(Level.WARNING, "{0} is no place"), true);
        assertThat(line.propertyNames()).containsExactly("time", "level", "message", "logger");
        assertThat(line.get("message").asString()).isEqualTo("{0} is no place");
        assertThat(line(new LogRecord(Level.WARNING, null), false)
                        .get("message")
                        .asString())
                .isEqualTo("null");
    }
}
