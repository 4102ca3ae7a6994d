package org.mineral.app.command.output;

import java.util.Locale;
import java.util.function.DoubleConsumer;
import org.mineral.app.console.Console;

/** Progress in percent, redrawn on a terminal; without a terminal, nothing. */
public final class PercentProgress implements DoubleConsumer {

    private final Console console;

    public PercentProgress(Console console) {
        this.console = console;
    }

    /** @param share from 0 to 1, which clears the line */
    @Override
    public void accept(double share) {
        if (console.terminal()) {
            console.err().print(String.format(Locale.ROOT, "\r%3.0f %%%s", 100 * share, share < 1 ? "" : "\r\033[K"));
            console.err().flush();
        }
    }
}
