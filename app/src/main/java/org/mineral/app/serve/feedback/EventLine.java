package org.mineral.app.serve.feedback;

import org.mineral.app.json.JsonText;
import org.mineral.json.JsonException;
import org.mineral.json.JsonValue;
import org.mineral.json.RepeatedNameException;

/** An event as a line of the log. */
final class EventLine {

    private EventLine() {}

    static String write(Event event) {
        return JsonText.compact(JsonText.object(
                "event", event.id(), "user", event.user(), "item", event.item(), "weight", event.weight()));
    }

    /** @throws IllegalArgumentException if the line is not an event */
    static Event read(String line) {
        JsonValue object;
        try {
            object = org.mineral.json.Json.parse(line);
        } catch (JsonException e) {
            throw new IllegalArgumentException(
                    e instanceof RepeatedNameException ? e.getMessage() : "it is not JSON", e);
        }
        if (!(object.get("weight").value() instanceof Number weight)) {
            throw new IllegalArgumentException("it lacks the number 'weight'");
        }
        return new Event(text(object, "event"), text(object, "user"), text(object, "item"), weight.doubleValue());
    }

    private static String text(JsonValue object, String name) {
        if (!(object.get(name).value() instanceof String text)) {
            throw new IllegalArgumentException("it lacks the text '" + name + "'");
        }
        return text;
    }
}
