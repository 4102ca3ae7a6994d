package org.mineral.json;

/** A text is JSON, but an object in it has a name twice, so that nobody knows which of the two values is meant. */
public final class RepeatedNameException extends JsonException {

    private static final long serialVersionUID = 1;

    private final String name;

    RepeatedNameException(String name) {
        super("an object has the name \"" + name + "\" twice");
        this.name = name;
    }

    public String name() {
        return name;
    }
}
