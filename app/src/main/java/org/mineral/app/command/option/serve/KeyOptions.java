package org.mineral.app.command.option.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.Server;
import org.mineral.config.InputException;
import org.mineral.data.text.TextFile;
import picocli.CommandLine.Option;

/** The keys of a server, from files or the environment: a key on a command line could be read by every process of the machine. */
public final class KeyOptions {

    private static final String WRITE_VARIABLE = "MINERAL_WRITE_KEY";
    private static final String READ_VARIABLE = "MINERAL_READ_KEY";

    /** Another name of the first one. */
    private static final String API_VARIABLE = "MINERAL_API_KEY";

    private static final int LEAST_KEY = 16;

    /** What arrives unchanged in a header of HTTP, whatever sends it. */
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

    @Option(
            names = {"--write-key-file", "--api-key-file"},
            paramLabel = "FILE",
            description =
                    "File with the key for requests that change something. Default: the key MINERAL_WRITE_KEY or MINERAL_API_KEY, or none.")
    @Nullable
    Path writeKeyFile;

    @Option(
            names = "--read-key-file",
            paramLabel = "FILE",
            description = "File with the key for all other requests, the page and /metrics among them; /health "
                    + "needs none. Default: the key MINERAL_READ_KEY, or none.")
    @Nullable
    Path readKeyFile;

    /** Which keys a server has. */
    public record Given(boolean write, boolean read) {}

    /**
     * @param environment variables by their names
     * @throws InputException if a key is too short, has characters that a header cannot carry, or both are the same
     */
    public Given into(Server.Builder server, Map<String, String> environment) throws IOException {
        String write = key(writeKeyFile, WRITE_VARIABLE, environment);
        if (write == null) {
            write = key(null, API_VARIABLE, environment);
        }
        String read = key(readKeyFile, READ_VARIABLE, environment);
        if (read != null && read.equals(write)) {
            throw new InputException(
                    "the read key is the write key, so that everybody who reads could change something; give two keys.");
        }
        server.writeKey(write).readKey(read);
        return new Given(write != null, read != null);
    }

    /** The file goes before the variable; null for a variable that is blank or missing. */
    private static @Nullable String key(@Nullable Path file, String variable, Map<String, String> environment)
            throws IOException {
        String key = (file == null ? environment.getOrDefault(variable, "") : TextFile.text(file)).strip();
        if (file == null && key.isEmpty()) {
            return null;
        }
        String place = "the key in " + (file == null ? variable : file) + " has ";
        if (key.length() < LEAST_KEY) {
            throw new InputException(place + key.length() + " characters; allowed: " + LEAST_KEY
                    + " or more, random: openssl rand -hex 32.");
        }
        if (!PRINTABLE.matcher(key).matches()) {
            throw new InputException(
                    place + "a line break or another character that a header of HTTP cannot carry; allowed: "
                            + "one line of printable ASCII, such as openssl rand -hex 32 prints.");
        }
        return key;
    }
}
