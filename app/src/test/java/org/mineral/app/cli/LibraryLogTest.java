package org.mineral.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.mineral.linalg.KernelProvider;

/** What the library logs, as lines of the command line. */
class LibraryLogTest {

    @Test
    void aLineHasTheParametersAndTheException() {
        Logger logger = Logger.getLogger(KernelProvider.LOGGER);
        List<Handler> before = Arrays.asList(logger.getHandlers());
        boolean parents = logger.getUseParentHandlers();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        LibraryLog.to(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            LogRecord record = new LogRecord(Level.WARNING, "no {0}");
            record.setParameters(new Object[] {"kernels"});
            record.setThrown(new IllegalStateException("closed"));
            logger.log(record);
            logger.warning("as it is");
            logger.info("not shown");
        } finally {
            for (Handler handler : logger.getHandlers()) {
                if (!before.contains(handler)) {
                    logger.removeHandler(handler);
                }
            }
            logger.setUseParentHandlers(parents);
        }
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("mineral: no kernels: java.lang.IllegalStateException: closed", "mineral: as it is");
    }
}
