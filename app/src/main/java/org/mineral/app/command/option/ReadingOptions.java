package org.mineral.app.command.option;

import org.mineral.data.rows.ReadOptions;
import picocli.CommandLine.Option;

/** How the text of DATA is understood: the same options for every verb that reads data. */
public final class ReadingOptions {

    @Option(
            names = "--time-format",
            paramLabel = "HOW",
            order = 95,
            description = {
                "How dates in DATA are written, if they are not recognised: day-first or month-first, or a pattern,",
                "dd/MM/yyyy HH:mm or %%d/%%m/%%Y %%H:%%M."
            })
    String timeFormat = "auto";

    @Option(
            names = "--skip-bad",
            order = 96,
            description = {
                "Leave out rows of DATA that cannot be understood instead of refusing them: they are counted, and the first",
                "are listed with line and reason."
            })
    boolean skipBad;

    public ReadOptions options() {
        return of(ReadOptions.DEFAULTS);
    }

    /** The same beside others. */
    public ReadOptions of(ReadOptions others) {
        return others.with("time_format", timeFormat).with("skip_bad", skipBad);
    }
}
