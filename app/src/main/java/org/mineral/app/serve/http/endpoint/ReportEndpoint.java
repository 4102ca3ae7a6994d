package org.mineral.app.serve.http.endpoint;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.http.api.ApiError;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Reply;

/** {@code GET /report}: the report of {@code compare}, {@code tune} or {@code ablate}, read when the server started. */
final class ReportEndpoint extends Endpoint {

    private final byte @Nullable [] page;

    ReportEndpoint(byte @Nullable [] page) {
        super("GET", "/report", Guard.UNLIMITED, Set.of());
        this.page = page;
    }

    @Override
    public Reply answer(ApiRequest call) {
        if (page == null) {
            throw new ApiError(404, "this server was started without a report; give it one with --report FILE.");
        }
        return new Reply(200, "text/html; charset=utf-8", page);
    }
}
