package org.mineral.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    enum Colour {
        RED
    }

    record Inner(String name, Colour colour) {}

    record Outer(
            int whole,
            long large,
            double number,
            boolean truth,
            Double box,
            String text,
            List<Inner> list,
            Map<String, double[][]> map,
            int[] array) {}

    @Test
    void documentsBecomeMapsListsAndNumbersOfTheSmallestFittingType() {
        Object value = Json.parse(
                        " {\"a\": [1, -0, 2147483648, 9223372036854775808, 1.50, 2e3, 1E-2], \"b\": {}, \"\\u00e9\\n\": null, \"t\": true}\n")
                .value();
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("a", List.of(1, 0, 2147483648L, new BigInteger("9223372036854775808"), 1.5, 2000.0, 0.01));
        expected.put("b", Map.of());
        expected.put("\u00e9\n", null);
        expected.put("t", true);
        assertThat(value).isEqualTo(expected);
        assertThat(((Map<?, ?>) value).keySet().toString()).isEqualTo("[a, b, \u00e9\n, t]");
        assertThat(Json.parse("\ufeff[]".getBytes(StandardCharsets.UTF_8)).isArray())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "3",
                "\"a\"",
                "{",
                "[1",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\":1,}",
                "{\"a\"}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\"=1}",
                "{\"a\":1;\"b\":2}",
                "{\"a\":1} {}",
                "{} x",
                "// c\n{}",
                "/* c */ {}",
                "# c\n{}",
                ")]}'\n{}",
                "[01]",
                "[+1]",
                "[.5]",
                "[1.]",
                "[1e]",
                "[0x1]",
                "[1f]",
                "[NaN]",
                "[Infinity]",
                "[-Infinity]",
                "[1e999]",
                "[True]",
                "[TRUE]",
                "[truE]",
                "[NULL]",
                "[nan]",
                "[\"a\tb\"]",
                "[\"a\nb\"]",
                "[\"a\u0000b\"]",
                "[\"\\x41\"]",
                "[\"\\'\"]",
                "[\"\\\n\"]",
                "[\"\\u12\"]",
                "[\"\\u00g0\"]",
                "[\"open]",
                "[\u00a01]",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"\\u0062\":2}}"
            })
    void lenientJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void bombsAreRefused() {
        for (String open : List.of("[", "{\"a\":")) {
            assertThatThrownBy(() -> Json.parse(open.repeat(1_000_000)))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("nested");
        }
        assertThat(Json.parse("[".repeat(100) + "]".repeat(100)).isArray()).isTrue();
        // As text it is of no weight.
        assertThat(Json.parse("[\"" + "[".repeat(1000) + "\"]").isArray()).isTrue();
        assertThatThrownBy(() -> Json.parse("[" + "9".repeat(100_000) + "]")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse(new byte[] {'[', '"', (byte) 0xff, '"', ']'}))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void writtenFilesAreReadBack() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("z", Arrays.asList(1, 2L, 1e-300, 0.1, null, true, "a\"\\\n\u0001\u2028\ud83c\udf75<&"));
        document.put("a", Map.of("k", new int[] {1, 2}));
        document.put("none", Double.NaN);
        for (String text : List.of(Json.write(document), Json.pretty(document))) {
            JsonValue back = Json.parse(text);
            assertThat(back.get("z").value())
                    .isEqualTo(Arrays.asList(1, 2, 1e-300, 0.1, null, true, "a\"\\\n\u0001\u2028\ud83c\udf75<&"));
            assertThat(back.get("a").get("k").value()).isEqualTo(List.of(1, 2));
            assertThat(back.get("none").text("")).isEqualTo("NaN");
        }
        assertThat(Json.write(document)).doesNotContain("\n").startsWith("{\"z\":[1,");
        assertThat(Json.pretty(Map.of("a", 1))).isEqualTo("{\n  \"a\": 1\n}");
    }

    @Test
    void recordsAreReadAsTheyWereWritten() {
        Outer outer = new Outer(
                1,
                1L << 40,
                Double.NEGATIVE_INFINITY,
                true,
                null,
                "t",
                List.of(new Inner("i", Colour.RED)),
                Map.of("m", new double[][] {{1, Double.POSITIVE_INFINITY}, {}}),
                new int[] {3});
        assertThat(JsonRecords.read(Outer.class, Json.parse(Json.write(outer))))
                .usingRecursiveComparison()
                .isEqualTo(outer);
        assertThat(JsonRecords.read(Outer.class, Json.parse("{\"number\":\"NaN\"}"))
                        .number())
                .isNaN();
        Outer empty = JsonRecords.read(Outer.class, Json.parse("{\"later\":1}"));
        assertThat(empty.whole()).isZero();
        assertThat(empty.number()).isZero();
        assertThat(empty.list()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"whole\":1.5}",
                "{\"whole\":2147483648}",
                "{\"whole\":\"1\"}",
                "{\"number\":\"1\"}",
                "{\"truth\":0}",
                "{\"text\":1}",
                "{\"list\":{}}",
                "{\"list\":[null]}",
                "{\"list\":[{\"colour\":\"BLUE\"}]}",
                "{\"map\":{\"m\":[[\"x\"]]}}"
            })
    void valuesOfAnotherTypeAreRefused(String text) {
        assertThatThrownBy(() -> JsonRecords.read(Outer.class, Json.parse(text)))
                .isInstanceOf(JsonException.class);
    }
}
