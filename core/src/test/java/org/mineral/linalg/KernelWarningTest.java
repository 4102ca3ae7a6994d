package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the log of a service says of the kernels, in JVMs started with and without the vector module. */
class KernelWarningTest {

    /** The service. */
    static final class Service {
        public static void main(String[] words) {
            for (int k = 0; k < 3; k++) {
                System.out.println(KernelProvider.best().name());
            }
        }
    }

    @Test
    void scalarKernelsAreWarnedOfOnceWithTheFlagThatHelps() throws Exception {
        String log = log();
        assertThat(log).contains("scalar");
        assertThat(log.split("Scalar kernels, many times slower", -1)).hasSize(2);
        assertThat(log).contains("WARNING").contains("Start Java with --add-modules jdk.incubator.vector.");
    }

    @Test
    void theFlagHelps() throws Exception {
        assertThat(log("--add-modules", "jdk.incubator.vector"))
                .contains("SIMD")
                .doesNotContain("Scalar");
    }

    @Test
    void whoChoseThemIsNotWarned() throws Exception {
        assertThat(log("-Dmineral.scalar=true").trim().lines()).containsOnly("scalar");
    }

    private static String log(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Service.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(log).isZero();
        return log;
    }
}
