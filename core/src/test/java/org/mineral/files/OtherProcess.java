package org.mineral.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class with a {@code main} in a process of its own, killed when this is closed. */
public final class OtherProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    private OtherProcess(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    public static OtherProcess start(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return new OtherProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** The next line that it prints, waited for; null if it has ended. */
    public String line() throws IOException {
        return out.readLine();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
