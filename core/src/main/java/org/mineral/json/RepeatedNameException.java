package org.mineral.json;

/** An object has a name twice, so that its value is ambiguous. */
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
