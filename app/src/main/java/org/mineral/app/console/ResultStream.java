package org.mineral.app.console;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Standard output that reports failures: a {@link java.io.PrintStream} swallows an {@link IOException},
 * so that results on a full disk would be lost with exit code 0.
 */
public final class ResultStream extends OutputStream {

    private final OutputStream to;

    ResultStream(OutputStream to) {
        this.to = new BufferedOutputStream(to, 1 << 16);
    }

    @Override
    public void write(int b) {
        attempt(() -> to.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        attempt(() -> to.write(bytes, offset, length));
    }

    @Override
    public void flush() {
        attempt(to::flush);
    }

    /** Whether the reader of the output has closed the pipe, as {@code head} does; that is not a failure. */
    public static boolean isClosedPipe(Throwable failure) {
        return failure instanceof UncheckedIOException
                && failure.getCause() instanceof IOException cause
                && String.valueOf(cause.getMessage()).contains("Broken pipe");
    }

    private static void attempt(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
