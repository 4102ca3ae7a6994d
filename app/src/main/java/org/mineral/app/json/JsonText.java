package org.mineral.app.json;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON documents from maps, lists, numbers and texts. */
public final class JsonText {

    private static final ObjectWriter WRITER = JsonMapper.shared().writerWithDefaultPrettyPrinter();
    private static final ObjectWriter COMPACT = JsonMapper.shared().writer();

    private JsonText() {}

    /** Over several lines, for a whole document. */
    public static String pretty(Object value) {
        return WRITER.writeValueAsString(value);
    }

    /** On one line, for an element of a long array. */
    public static String compact(Object value) {
        return COMPACT.writeValueAsString(value);
    }

    /** Names and values in turn, in this order. */
    public static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int k = 0; k < namesAndValues.length; k += 2) {
            object.put((String) namesAndValues[k], finite(namesAndValues[k + 1]));
        }
        return object;
    }

    /** JSON knows neither NaN nor infinity: what is no number is {@code null}. */
    private static Object finite(Object value) {
        return value instanceof Double number && !Double.isFinite(number)
                ? tools.jackson.databind.node.NullNode.getInstance()
                : value;
    }
}
