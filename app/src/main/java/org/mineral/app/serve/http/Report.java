package org.mineral.app.serve.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /report}: the page that {@code compare}, {@code tune} or {@code ablate} wrote, as it was when the server started. */
final class Report extends Endpoint {

    private final byte @Nullable [] page;

    Report(byte @Nullable [] page) {
        super("GET", "/report", Guard.OPEN, Set.of());
        this.page = page;
    }

    @Override
    Reply answer(Call call) {
        if (page == null) {
            throw new Problem(404, "this server was started without a report; give it one with --report FILE.");
        }
        return new Reply(200, "text/html; charset=utf-8", page);
    }
}
