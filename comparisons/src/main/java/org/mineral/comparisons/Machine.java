package org.mineral.comparisons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mineral.linalg.KernelProvider;

/** What the run was made on. */
final class Machine {

    private Machine() {}

    static Map<String, Object> describe(int threads) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("processor", processor());
        facts.put("threads", threads);
        facts.put("jdk", Runtime.version().toString());
        facts.put("kernels", KernelProvider.best().name());
        return facts;
    }

    private static String processor() {
        Path info = Path.of("/proc/cpuinfo");
        try (var lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
