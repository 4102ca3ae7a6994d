package org.mineral.app.serve.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.http.api.ApiError;

/** Checks the key of requests that change something, in {@code Authorization: Bearer KEY}. */
final class ApiKey {

    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] digest;

    /** @param key null to refuse all changes over HTTP */
    ApiKey(@Nullable String key) {
        this.digest = key == null ? null : sha256(key);
    }

    /** @throws ApiError unless this header has the key */
    void check(@Nullable String authorization) {
        if (digest == null) {
            throw new ApiError(
                    403,
                    "this server refuses all changes over HTTP; to allow them, start it with --api-key-file FILE or with "
                            + "MINERAL_API_KEY in its environment.");
        }
        String header = Objects.requireNonNullElse(authorization, "");
        boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        // Digests of equal length, compared in constant time, so that timing reveals nothing about the key.
        byte[] given = sha256(bearer ? header.substring(SCHEME.length()).strip() : "");
        boolean equal = MessageDigest.isEqual(digest, given);
        if (!bearer || !equal) {
            throw new ApiError(401, "send the server's key in the header Authorization: Bearer KEY.");
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
