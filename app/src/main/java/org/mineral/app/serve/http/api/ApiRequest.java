package org.mineral.app.serve.http.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.text.GzipInput;

/** A request, parsed strictly: unknown, repeated or out-of-range parameters are refused. */
public final class ApiRequest {

    /** Of a body that is too large, this many times the limit is read and discarded. */
    private static final int SWALLOWED = 16;

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");
    private static final int LONGEST_SHOWN = 40;
    private static final Path BODY = Path.of("the body");

    private final Context context;
    private final Limits limits;
    private final Map<String, List<String>> query;
    private byte[] received = {};

    public ApiRequest(Context context, Limits limits) {
        this.context = context;
        this.limits = limits;
        this.query = context.queryParamMap();
    }

    /** Invalid escapes would become replacement characters, and so another id. */
    private static void checkUtf8(String escaped) {
        try {
            String bytes = URLDecoder.decode(escaped, StandardCharsets.ISO_8859_1);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new InputException("the address is not in UTF-8; escape each byte of UTF-8 as %XX.");
        }
    }

    /** @throws InputException if there are other parameters than these, or one is not in UTF-8 */
    public void checkParameters(Set<String> parameters) {
        checkUtf8(Objects.requireNonNullElse(context.queryString(), ""));
        for (String name : query.keySet()) {
            if (!parameters.contains(name)) {
                throw parameters.isEmpty()
                        ? new InputException("unknown parameter '" + cut(name) + "'; this address has none.")
                        : InputException.unknown(
                                "parameter",
                                cut(name),
                                parameters.stream().sorted().toList());
            }
        }
    }

    /** A path variable, decoded. */
    public String path(String name) {
        return context.pathParam(name);
    }

    public int integer(String name, int fallback, int least, int most) {
        String text = text(name);
        if (text == null) {
            return fallback;
        }
        int value = INTEGER.matcher(text).matches() ? Integer.parseInt(text) : Integer.MIN_VALUE;
        if (value < least || value > most) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s = '%s' is out of range; allowed: whole numbers from %d to %d.",
                    name,
                    cut(text),
                    least,
                    most));
        }
        return value;
    }

    double number(String name, double fallback) {
        String text = text(name);
        if (text == null) {
            return fallback;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new InputException(name + " = '" + cut(text) + "' is not a number; write 0.3, for example.");
        }
        return Double.parseDouble(text);
    }

    boolean flag(String name) {
        String text = text(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw new InputException(name + " = '" + cut(text) + "'; allowed: true, false.");
        }
        return "true".equals(text);
    }

    /** A parameter that may be given once; null if it is missing. */
    @Nullable
    public String text(String name) {
        List<String> all = texts(name);
        if (all.size() > 1) {
            throw new InputException(name + " is given " + all.size() + " times; give it once.");
        }
        return all.isEmpty() ? null : all.get(0);
    }

    /** A parameter that may be given several times. */
    List<String> texts(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** Reads the body. To be called before the request counts as concurrent, because a slow client may take long. */
    public void receive() {
        try {
            InputStream in = body(context.req().getInputStream());
            received = in.readNBytes(limits.bodyBytes() + 1);
            if (received.length > limits.bodyBytes()) {
                swallow(in);
                throw new ApiError(
                        413, "the body is larger than " + limits.bodyBytes() + " bytes; send it in several requests.");
            }
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
        String type = Objects.requireNonNullElse(context.contentType(), "");
        if (hasBody() && !type.split(";", -1)[0].strip().equalsIgnoreCase("application/json")) {
            throw new ApiError(415, "send the header Content-Type: application/json.");
        }
    }

    /** The error for an incomplete body: a failure of the client or its connection, not of the server. */
    private static RuntimeException broken(Exception e) {
        if (e instanceof HttpException refused && refused.getCode() == HttpStatus.REQUEST_TIMEOUT_408
                || e.getCause() instanceof TimeoutException) {
            return new ApiError(HttpStatus.REQUEST_TIMEOUT_408, "the body came too slowly; send it again.");
        } else if (e instanceof RuntimeException other && !(e instanceof HttpException)) {
            return other;
        }
        return new ApiError(HttpStatus.BAD_REQUEST_400, "the body was cut off; send it again.");
    }

    /** Whether the body has anything other than white space. */
    public boolean hasBody() {
        for (byte b : received) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return true;
            }
        }
        return false;
    }

    /** The decompressed body. */
    private InputStream body(InputStream in) throws IOException {
        String encoding = Objects.requireNonNullElse(context.header("Content-Encoding"), "identity");
        if (!encoding.equalsIgnoreCase("gzip") && !encoding.equalsIgnoreCase("identity")) {
            throw new ApiError(415, "the body is encoded as '" + cut(encoding) + "'; allowed: gzip, or no encoding.");
        }
        return encoding.equalsIgnoreCase("gzip") ? GzipInput.open(BODY, in, 0) : in;
    }

    /** The body as a JSON object with only these fields. */
    public JsonFields body(String... fields) {
        if (!hasBody()) {
            throw new InputException("the body is empty; send a JSON object with " + String.join(", ", fields) + ".");
        }
        return JsonFields.parse(received, fields);
    }

    /** Discards some more input: a client that is still sending when the connection closes would not see the response. */
    private void swallow(InputStream in) throws IOException {
        byte[] some = new byte[1 << 16];
        long left = SWALLOWED * (long) limits.bodyBytes();
        for (int n = 0; n >= 0 && left > 0; left -= n) {
            n = in.read(some);
        }
    }

    static String cut(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }
}
