package org.mineral.config;

/** What was asked for does not fit into the memory that Java may use. */
public final class HeapException extends InputException {

    private static final long serialVersionUID = 1L;

    private final long megabytes;

    /** @param megabytes of heap that would be enough */
    public HeapException(String message, long megabytes) {
        super(message);
        this.megabytes = megabytes;
    }

    /** The heap that would be enough, as {@code -Xmx} takes it: in units of 2^20 bytes. */
    public long megabytes() {
        return megabytes;
    }
}
