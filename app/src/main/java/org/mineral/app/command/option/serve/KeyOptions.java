package org.mineral.app.command.option.serve;

import java.io.IOException;
import java.nio.file.Path;
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
            description = {
                "File with the key for all other requests, the page and /metrics among them; /health needs none.",
                "Default: the key MINERAL_READ_KEY, or none."
            })
    @Nullable
    Path readKeyFile;

    /**
     * @return whether there is a write key
     * @throws InputException if a key is too short, or both are the same
     */
    public boolean into(Server.Builder server) throws IOException {
        String write = key(writeKeyFile, WRITE_VARIABLE, System.getenv(WRITE_VARIABLE));
        if (write == null) {
            write = key(null, API_VARIABLE, System.getenv(API_VARIABLE));
        }
        String read = key(readKeyFile, READ_VARIABLE, System.getenv(READ_VARIABLE));
        if (read != null && read.equals(write)) {
            throw new InputException(
                    "the read key is the write key, so that everybody who reads could change something; give two keys.");
        }
        server.writeKey(write).readKey(read);
        return write != null;
    }

    /** Whether reading needs a key. */
    boolean guardsReading() {
        return readKeyFile != null || System.getenv(READ_VARIABLE) != null;
    }

    private static @Nullable String key(@Nullable Path file, String variable, @Nullable String value)
            throws IOException {
        String key = file == null ? value : TextFile.text(file).strip();
        if (file == null && (key == null || key.isBlank())) {
            return null;
        }
        if (key != null && key.length() < LEAST_KEY) {
            throw new InputException("the key in " + (file == null ? variable : file) + " has " + key.length()
                    + " characters; allowed: " + LEAST_KEY + " or more, random: openssl rand -hex 32.");
        }
        return key;
    }
}
