package org.mineral.app.command.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.tune.auto.DefaultSearch;
import picocli.CommandLine.Option;

/** Where a comparison keeps its finished trainings, and where its report goes. */
public final class ComparisonFiles {

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Keep finished trainings there, JSON lines, and train only those that are missing: also "
                    + "for further losses. Default: beside the report until it is written, so that the same "
                    + "command resumes after a kill.")
    @Nullable
    String log;

    @Option(names = "--fresh", description = "Start over, and delete what a killed run left beside the report.")
    boolean fresh;

    @Option(names = "--report", paramLabel = "FILE", description = "The HTML report. Default: report.html.")
    String report = "report.html";

    /** @throws org.mineral.config.InputException if it cannot be written */
    public Path report() {
        return OutputFile.check("--report", report);
    }

    /** The file of finished trainings. */
    public Path trainings() throws IOException {
        if (log != null) {
            return OutputFile.check("--log", log);
        }
        if (fresh) {
            delete();
        }
        return besideReport();
    }

    /** To be called when the report is written: deletes trainings that were kept for a killed run only. */
    public void done(Consumer<String> notes) throws IOException {
        if (log == null) {
            delete();
        }
        notes.accept("The report is in " + report + ".");
    }

    /** Trainings, and the trials of their searches. */
    private void delete() throws IOException {
        Path trainings = besideReport();
        Files.deleteIfExists(trainings);
        Files.deleteIfExists(DefaultSearch.fileBeside(trainings));
    }

    private Path besideReport() {
        Path page = report();
        return page.resolveSibling(page.getFileName() + ".trainings");
    }
}
