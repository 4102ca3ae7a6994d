package org.mineral.app.serve.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values drawn from a schema; spoilt ones break it here and there. */
final class Sample {

    private static final List<String> TEXTS = List.of(
            "item-1",
            "item-7",
            "user-3",
            "nobody",
            "colour:red",
            "colour:green|blue",
            "size:3",
            "\u0000",
            "a/b",
            "..%2f",
            "\ud83d\ude00",
            "\u202e\u0301\ufeff",
            "ﬀ\u2028",
            "'; drop table",
            "<script>",
            " ",
            "x".repeat(300));
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "-1",
            "1e308",
            "1e9999",
            "99999999999999999999999",
            "\"\"",
            "[]",
            "{}",
            "[[[[[[[[[[]]]]]]]]]]",
            "\"\\ud800\"",
            "0.1",
            "\"x\"");

    private final JsonNode api;
    private final Random random;
    private final boolean spoilt;

    Sample(JsonNode api, Random random, boolean spoilt) {
        this.api = api;
        this.random = random;
        this.spoilt = spoilt;
    }

    private boolean chance(double p) {
        return random.nextDouble() < p;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** For a path; never empty, which would be another path. */
    String id() {
        return one(TEXTS);
    }

    String name(String name) {
        return spoilt && chance(0.1) ? name + "x" : name;
    }

    /** Texts of one query parameter: none, one, or several. */
    List<String> parameter(JsonNode schema) {
        List<String> values = new ArrayList<>();
        boolean list = schema.get("type").asString().equals("array");
        int n = chance(0.6) ? 0 : list || spoilt ? 1 + random.nextInt(3) : 1;
        for (int k = 0; k < n; k++) {
            String json = spoilt && chance(0.3) ? one(ODD) : value(list ? schema.get("items") : schema, 0);
            JsonNode node = JsonMapper.shared().readTree(json.contains("9999") ? "\"" + json + "\"" : json);
            values.add(node.isString() ? node.asString() : json);
        }
        return values;
    }

    String body(JsonNode schema) {
        String body = value(schema, 0);
        return spoilt && chance(0.1) ? body.substring(0, random.nextInt(body.length())) : body;
    }

    private String value(JsonNode unresolved, int depth) {
        JsonNode schema = new Schemas(api).resolve(unresolved);
        if (spoilt && chance(0.08)) {
            return one(ODD);
        }
        if (schema.has("oneOf")) {
            return value(
                    schema.get("oneOf").get(random.nextInt(schema.get("oneOf").size())), depth);
        }
        return switch (schema.path("type").asString("object")) {
            case "string" -> JsonMapper.shared().writeValueAsString(one(TEXTS));
            case "integer" -> Integer.toString(bounded(schema));
            case "number" -> Double.toString(schema.path("maximum").asDouble(1) * (1 - random.nextDouble()));
            case "boolean" -> Boolean.toString(random.nextBoolean());
            case "array" -> array(schema, depth);
            default -> object(schema, depth);
        };
    }

    private int bounded(JsonNode schema) {
        int least = schema.path("minimum").asInt(0);
        int most = schema.path("maximum").asInt(1000);
        return chance(0.2) ? (chance(0.5) ? least : most) : least + random.nextInt(Math.min(most - least, 50) + 1);
    }

    private String array(JsonNode schema, int depth) {
        int least = schema.path("minItems").asInt(0);
        int n = least + random.nextInt(4);
        List<String> elements = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            elements.add(value(schema.get("items"), depth + 1));
        }
        return "[" + String.join(",", elements) + "]";
    }

    private String object(JsonNode schema, int depth) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            boolean required = false;
            for (JsonNode name : schema.path("required")) {
                required |= name.asString().equals(field.getKey());
            }
            if (required && !(spoilt && chance(0.05)) || !required && chance(0.3)) {
                fields.add("\"" + name(field.getKey()) + "\":" + value(field.getValue(), depth + 1));
            }
        }
        return "{" + String.join(",", fields) + "}";
    }
}
