package org.mineral.app.serve.feedback;

import org.mineral.app.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event as a line of the log. */
final class EventLine {

    private EventLine() {}

    static String write(Event event) {
        return Json.compact(
                Json.object("event", event.id(), "user", event.user(), "item", event.item(), "weight", event.weight()));
    }

    /** @throws IllegalArgumentException if the line is no event */
    static Event read(String line) {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON", e);
        }
        for (String field : new String[] {"event", "user", "item"}) {
            if (!node.path(field).isString()) {
                throw new IllegalArgumentException("it lacks the text '" + field + "'");
            }
        }
        if (!node.path("weight").isNumber()) {
            throw new IllegalArgumentException("it lacks the number 'weight'");
        }
        return new Event(
                node.get("event").asString(),
                node.get("user").asString(),
                node.get("item").asString(),
                node.get("weight").asDouble());
    }
}
