package org.mineral.app.command.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where finished trials are kept, and where the report goes. */
public final class TrialFiles {

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Where finished trials are kept, JSON lines. Default: ${DEFAULT-VALUE}.")
    String log;

    @Option(names = "--report", paramLabel = "FILE", description = "The HTML report. Default: ${DEFAULT-VALUE}.")
    String report;

    /** @param name of both files where nothing else is given */
    public TrialFiles(String name) {
        log = name + ".jsonl";
        report = name + ".html";
    }

    /** @throws org.mineral.config.InputException if it cannot be written */
    public Path log() {
        return OutputFile.check("--log", log);
    }

    /** @throws org.mineral.config.InputException if it cannot be written */
    public Path report() {
        return OutputFile.check("--report", report);
    }
}
