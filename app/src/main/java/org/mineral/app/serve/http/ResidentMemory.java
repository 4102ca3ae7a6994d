package org.mineral.app.serve.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Resident memory of the process: heap, code, threads and everything else. */
final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "VmRSS:";

    private ResidentMemory() {}

    /** In bytes; 0 on systems other than Linux. */
    static long bytes() {
        try {
            Optional<String> line = Files.readAllLines(STATUS).stream()
                    .filter(text -> text.startsWith(FIELD))
                    .findFirst();
            return line.map(text -> 1024 * Long.parseLong(text.replaceAll("\\D", "")))
                    .orElse(0L);
        } catch (IOException e) {
            return 0;
        }
    }
}
