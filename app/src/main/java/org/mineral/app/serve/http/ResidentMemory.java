package org.mineral.app.serve.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How much of the machine's memory this process occupies: heap, code, threads and all. */
final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "VmRSS:";

    private ResidentMemory() {}

    /** In bytes; 0 where the system does not tell, as all but Linux. */
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
