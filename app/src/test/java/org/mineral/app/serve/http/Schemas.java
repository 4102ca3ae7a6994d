package org.mineral.app.serve.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** As much of JSON Schema as the OpenAPI file uses. */
final class Schemas {

    private final JsonNode api;

    Schemas(JsonNode api) {
        this.api = api;
    }

    JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? api.at(schema.get("$ref").asString().substring(1)) : schema;
    }

    List<String> violations(JsonNode schema, JsonNode value) {
        List<String> found = new ArrayList<>();
        check("", resolve(schema), value, found);
        return found;
    }

    private void check(String at, JsonNode schema, JsonNode value, List<String> found) {
        if (schema.has("oneOf")) {
            int matches = 0;
            for (JsonNode choice : schema.get("oneOf")) {
                matches += violations(choice, value).isEmpty() ? 1 : 0;
            }
            if (matches != 1) {
                found.add(at + ": " + matches + " of oneOf");
            }
            return;
        }
        boolean type = switch (schema.path("type").asString("")) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
        if (!type) {
            found.add(at + ": no " + schema.get("type").asString());
            return;
        }
        if (schema.has("enum")) {
            boolean known = false;
            for (JsonNode choice : schema.get("enum")) {
                known |= choice.equals(value);
            }
            if (!known) {
                found.add(at + ": " + value + " is none of the enum");
            }
        }
        for (JsonNode element : value.isArray() ? value : List.<JsonNode>of()) {
            check(at + "[]", resolve(schema.get("items")), element, found);
        }
        if (value.isObject()) {
            object(at, schema, value, found);
        }
    }

    private void object(String at, JsonNode schema, JsonNode value, List<String> found) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asString())) {
                found.add(at + ": lacks " + name.asString());
            }
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode own = schema.path("properties").path(field.getKey());
            JsonNode others = schema.path("additionalProperties");
            if (own.isObject()) {
                check(at + "." + field.getKey(), resolve(own), field.getValue(), found);
            } else if (others.isObject()) {
                check(at + "." + field.getKey(), resolve(others), field.getValue(), found);
            } else if (others.isBoolean() && !others.asBoolean()) {
                found.add(at + ": unknown " + field.getKey());
            }
        }
    }
}
