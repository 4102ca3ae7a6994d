package org.mineral.app.serve.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.mineral.app.serve.http.api.ApiErrors;
import org.mineral.app.serve.http.api.Reply;

/** Formats errors that Jetty detects before routing like all others, without HTML pages and stack traces. */
final class PlainErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = Math.max(400, response.getStatus());
        String detail = switch (status) {
            case HttpStatus.URI_TOO_LONG_414 -> "the address is too long; send long lists in the body of a POST.";
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> "the server is stopping.";
            default -> "the request is not HTTP that this server accepts.";
        };
        Reply reply = ApiErrors.reply(status, detail);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
        return true;
    }
}
