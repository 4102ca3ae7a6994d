package org.mineral.app.command.option;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.report.TrainingReport;
import org.mineral.recipe.TrainedModel;
import picocli.CommandLine.Option;

/** The page about a training. */
public final class TrainingReportOption {

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Also write an HTML page: what was tried, the curves, the verdict, the settings. Default: none.")
    @Nullable
    String file;

    /** To be called before the training: refuses a file that cannot be written. */
    public void check() {
        if (file != null) {
            OutputFile.check("--report", file);
        }
    }

    /** @param document the same facts for programs, which the page carries */
    public void write(TrainedModel trained, Map<String, Object> document, int threads) {
        if (file != null) {
            TrainingReport.write(trained, document, threads, OutputFile.check("--report", file));
        }
    }
}
