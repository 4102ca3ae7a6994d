package org.mineral.app.serve.http.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.mineral.app.json.JsonText;

/** A response. */
public record Reply(int status, String contentType, byte[] body) {

    public static Reply json(Map<String, Object> document) {
        return json(200, "application/json", document);
    }

    private static Reply json(int status, String contentType, Map<String, Object> document) {
        return new Reply(status, contentType, JsonText.compact(document).getBytes(StandardCharsets.UTF_8));
    }

    /** An error in the format of RFC 9457. */
    static Reply problem(int status, String title, String detail) {
        return json(
                status,
                "application/problem+json",
                JsonText.object("status", status, "title", title, "detail", detail));
    }
}
