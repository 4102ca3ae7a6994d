package org.mineral.model.provenance;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.mineral.linalg.KernelProvider;

/** The software and the machine that produced a result. */
public record Environment(String version, String jdk, String system, int processors, String kernel, String date) {

    /** The environment of this process, with the current date. */
    public static Environment here() {
        return new Environment(
                Version.CURRENT,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                KernelProvider.best().name(),
                LocalDate.now(ZoneOffset.UTC).toString());
    }
}
