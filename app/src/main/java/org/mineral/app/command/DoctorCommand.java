package org.mineral.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mineral.app.command.output.Commands;
import org.mineral.app.json.JsonText;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.model.provenance.Version;
import picocli.CommandLine.Command;

/** {@code doctor}: checks JDK, SIMD, threads and memory. */
@Command(name = "doctor", description = "Show JDK, vector width, threads, memory, and possible performance problems.")
public final class DoctorCommand extends Verb {

    private static final long GIGABYTE = 1L << 30;

    @Override
    protected void run() {
        // Not best(), whose warning is among the advice below.
        Kernels kernels = KernelProvider.vector().orElse(KernelProvider.scalar());
        int processors = Runtime.getRuntime().availableProcessors();
        long heap = Runtime.getRuntime().maxMemory();
        List<String> advice = advice(processors, heap);
        List<String> lines = new ArrayList<>(List.of(
                "Mineral  " + Version.CURRENT,
                "Java     " + Runtime.version() + ", " + System.getProperty("java.vendor") + ", "
                        + System.getProperty("java.home"),
                "System   " + system(),
                "Kernels  " + kernels.name(),
                "Threads  " + threads() + " of " + processors + " processors",
                String.format(Locale.ROOT, "Memory   %.1f GB for Java", (double) heap / GIGABYTE)));
        advice.forEach(line -> lines.add("Slow:    " + line));
        if (advice.isEmpty()) {
            lines.add("No performance problems found.");
        }
        print(
                lines,
                () -> JsonText.object(
                        "mineral", Version.CURRENT,
                        "jdk", Runtime.version().toString(),
                        "vendor", System.getProperty("java.vendor", "unknown"),
                        "home", System.getProperty("java.home", "unknown"),
                        "system", system(),
                        "kernel", kernels.name(),
                        "kernelReason", KernelProvider.shortcoming().orElse(kernels.name()),
                        "simd", KernelProvider.vector().isPresent(),
                        "processors", processors,
                        "threads", threads(),
                        "heapBytes", heap,
                        "advice", advice));
    }

    private List<String> advice(int processors, long heap) {
        List<String> advice = new ArrayList<>();
        KernelProvider.shortcoming()
                .ifPresent(reason -> advice.add(reason + " " + Commands.PROGRAM
                        + " does so, on the JDK that MINERAL_JAVA_HOME names if it is set."));
        if (threads() < processors) {
            advice.add("only " + threads() + " of " + processors + " processors are used: raise --threads.");
        }
        if (heap < 2 * GIGABYTE) {
            advice.add("little memory for large catalogues: raise it with MINERAL_JAVA_OPTS=-Xmx4g.");
        }
        if (Runtime.version().feature() < 21) {
            advice.add("Java " + Runtime.version().feature() + " compiles vector code less well than newer ones:"
                    + " point MINERAL_JAVA_HOME at a JDK of 21 or newer.");
        }
        return advice;
    }

    private static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch");
    }
}
