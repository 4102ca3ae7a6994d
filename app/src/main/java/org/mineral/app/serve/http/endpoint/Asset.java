package org.mineral.app.serve.http.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.mineral.app.serve.http.api.ApiRequest;
import org.mineral.app.serve.http.api.Endpoint;
import org.mineral.app.serve.http.api.Reply;

/** A file of the page, from the class path; requests can reach only these files. */
final class Asset extends Endpoint {

    private final String contentType;
    private final byte[] bytes;

    /** @param resource relative to the package {@code org.mineral.app.serve} */
    Asset(String path, String resource, String contentType) {
        super("GET", path, Guard.UNLIMITED, Set.of());
        this.contentType = contentType;
        try (InputStream in = Asset.class.getResourceAsStream("/org/mineral/app/serve/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is not on the class path");
            }
            this.bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("resource " + resource + " cannot be read", e);
        }
    }

    @Override
    public Reply answer(ApiRequest call) {
        return new Reply(200, contentType, bytes);
    }
}
