package org.mineral.app.serve.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.http.api.ApiError;
import org.mineral.app.serve.http.api.Endpoint;

/**
 * Checks the keys of requests. The key of changes is sent as {@code Authorization: Bearer KEY}; so is that of reading, or as the password of
 * HTTP's Basic scheme (RFC 7617), for which a browser asks by itself. A change is refused with Basic: a browser adds it to requests that other
 * sites make it send.
 */
final class ApiKeys {

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final byte @Nullable [] write;
    private final byte @Nullable [] read;

    /**
     * @param write null to refuse all changes over HTTP
     * @param read null to let everybody read
     */
    ApiKeys(@Nullable String write, @Nullable String read) {
        this.write = write == null ? null : sha256(write);
        this.read = read == null ? null : sha256(read);
    }

    /** @throws ApiError unless this header has the key that the endpoint needs, if it needs one */
    void check(Endpoint.Guard guard, @Nullable String authorization) {
        String header = Objects.requireNonNullElse(authorization, "");
        if (guard == Endpoint.Guard.KEY) {
            checkWrite(header);
        } else if (guard != Endpoint.Guard.HEALTH && read != null) {
            String given = begins(header, BEARER) ? bearer(header) : password(header);
            // Both are compared, whatever the first one says.
            if (!(equal(read, given) | equal(write, given))) {
                throw new ApiError(
                        401,
                        "send the server's read key in the header Authorization: Bearer KEY, or as the password of HTTP Basic.");
            }
        }
    }

    private void checkWrite(String header) {
        if (write == null) {
            throw new ApiError(
                    403,
                    "this server refuses all changes over HTTP; to allow them, start it with --write-key-file FILE or with "
                            + "MINERAL_WRITE_KEY in its environment.");
        }
        if (!equal(write, begins(header, BEARER) ? bearer(header) : "")) {
            throw new ApiError(401, "send the server's write key in the header Authorization: Bearer KEY.");
        }
    }

    private static boolean begins(String header, String scheme) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static String bearer(String header) {
        return header.substring(BEARER.length()).strip();
    }

    /** What stands behind the colon of {@code Basic user:password}; empty if there is none. */
    private static String password(String header) {
        if (!begins(header, BASIC)) {
            return "";
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Digests of equal length, compared in constant time, so that timing reveals nothing about the key. */
    private static boolean equal(byte @Nullable [] digest, String given) {
        return digest != null && MessageDigest.isEqual(digest, sha256(given));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
