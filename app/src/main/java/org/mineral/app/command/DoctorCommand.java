package org.mineral.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mineral.app.Json;
import org.mineral.app.Main;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import picocli.CommandLine.Command;

/** {@code doctor}: what Mineral runs on, and what would be slow. */
@Command(name = "doctor", description = "Show JDK, vector width, threads, memory, and what would be slow and why.")
public final class DoctorCommand extends Verb {

    private static final long GIGABYTE = 1L << 30;

    @Override
    protected void run() {
        Kernels kernels = KernelProvider.best();
        int processors = Runtime.getRuntime().availableProcessors();
        long heap = Runtime.getRuntime().maxMemory();
        List<String> advice = advice(processors, heap);
        if (json) {
            printJson(Json.object(
                    "mineral", Main.VERSION,
                    "jdk", Runtime.version().toString(),
                    "vendor", System.getProperty("java.vendor", "unknown"),
                    "home", System.getProperty("java.home", "unknown"),
                    "system", system(),
                    "kernel", kernels.name(),
                    "kernelReason", KernelProvider.explanation(),
                    "simd", KernelProvider.vector().isPresent(),
                    "processors", processors,
                    "threads", threads(),
                    "heapBytes", heap,
                    "advice", advice));
            return;
        }
        print("Mineral  " + Main.VERSION);
        print("Java     " + Runtime.version() + ", " + System.getProperty("java.vendor") + ", "
                + System.getProperty("java.home"));
        print("System   " + system());
        print("Kernels  " + KernelProvider.explanation());
        print("Threads  " + threads() + " of " + processors + " processors");
        print(String.format(Locale.ROOT, "Memory   %.1f GB for Java", (double) heap / GIGABYTE));
        advice.forEach(line -> print("Slow:    " + line));
        if (advice.isEmpty()) {
            print("Nothing would be slow.");
        }
    }

    private List<String> advice(int processors, long heap) {
        List<String> advice = new ArrayList<>();
        if (KernelProvider.vector().isEmpty()) {
            boolean hidden =
                    ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty();
            advice.add(
                    hidden
                            ? "products and exponentials run without SIMD, several times slower: this Java has no module"
                                    + " jdk.incubator.vector, or was started without --add-modules jdk.incubator.vector."
                                    + " Start with ./mineral and a full JDK (MINERAL_JAVA_HOME)."
                            : "products and exponentials run without SIMD: the vector kernels could not be loaded.");
        }
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
