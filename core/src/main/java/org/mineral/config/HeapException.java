package org.mineral.config;

/** A task does not fit into the heap. */
public final class HeapException extends InputException {

    private static final long serialVersionUID = 1L;

    private final long megabytes;

    /** @param megabytes sufficient heap size */
    public HeapException(String message, long megabytes) {
        super(message);
        this.megabytes = megabytes;
    }

    /** The sufficient heap size for {@code -Xmx}, in units of 2^20 bytes. */
    public long megabytes() {
        return megabytes;
    }
}
