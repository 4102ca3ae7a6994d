package org.mineral.app.command.output;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The signals that end a server. TERM, from a supervisor or an orchestrator, gives load balancers time to turn
 * elsewhere; INT, Ctrl-C, does not. Before the server listens, either ends the process at once; a second one always does.
 *
 * <p>Not a shutdown hook: Java would exit with 143 after it, and a supervisor would take an orderly end for a failure.
 */
public final class StopSignal implements AutoCloseable {

    private static final String INTERRUPT = "INT";

    private final CountDownLatch received = new CountDownLatch(1);
    private volatile @Nullable Runnable retire;
    private volatile boolean graceful;
    private final Map<Signal, SignalHandler> before = new HashMap<>();

    /** Listens to both signals from now on. */
    public StopSignal() {
        for (String name : new String[] {"TERM", INTERRUPT}) {
            try {
                Signal signal = new Signal(name);
                before.put(signal, Signal.handle(signal, received -> receive(received.getName())));
            } catch (IllegalArgumentException e) {
                // Java does not handle the signal (-Xrs): it ends the process.
                continue;
            }
        }
    }

    /** @param action what is done at once when a signal comes, while {@link #await} waits for its end */
    public void serving(Runnable action) {
        retire = action;
    }

    private void receive(String name) {
        Runnable action = retire;
        if (action == null) {
            System.exit(0);
        } else if (received.getCount() == 0) {
            System.exit(1);
        } else {
            action.run();
            graceful = !name.equals(INTERRUPT);
            received.countDown();
        }
    }

    /** Whether a signal came. */
    public boolean received() {
        return received.getCount() == 0;
    }

    /** Waits for a signal; returns whether load balancers are given time to turn elsewhere. */
    public boolean await() throws InterruptedException {
        received.await();
        return graceful;
    }

    /** Restores the previous signal handlers. */
    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
