package org.mineral.json;

/** A text is not JSON, or not the JSON that was expected; the message says why, in a few words without a full stop. */
public class JsonException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public JsonException(String message) {
        super(message);
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
