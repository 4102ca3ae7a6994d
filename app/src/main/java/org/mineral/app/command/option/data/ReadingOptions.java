package org.mineral.app.command.option.data;

import java.util.ArrayList;
import java.util.List;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.NoDataException;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;
import org.mineral.data.text.Timestamps;
import org.mineral.model.provenance.DataProvenance;
import picocli.CommandLine.Option;

/** How DATA are read: options of every verb that reads data. */
public class ReadingOptions {

    public static final String SKIP_BAD = "skip_bad";

    @Option(
            names = "--time-format",
            paramLabel = "HOW",
            order = 95,
            description = "How dates in DATA are written, if they are not recognised: day-first or month-first, or "
                    + "a pattern, dd/MM/yyyy HH:mm or %%d/%%m/%%Y %%H:%%M.")
    String timeFormat = Timestamps.AUTO;

    @Option(
            names = "--skip-bad",
            order = 96,
            description = "Leave out rows of DATA that cannot be understood instead of refusing them: they are "
                    + "counted, and the first are listed with line and reason.")
    boolean skipBad;

    public ReadOptions options() {
        return of(ReadOptions.DEFAULTS);
    }

    /** These options as words of a command line; none for the defaults. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (!timeFormat.equals(Timestamps.AUTO)) {
            words.addAll(List.of("--time-format", timeFormat));
        }
        if (skipBad) {
            words.add("--skip-bad");
        }
        return words;
    }

    /** What {@code mineral config} needs to know of the data at this source. */
    public DataProvenance provenance(String source) {
        DataProvenance read = DataProvenance.NONE.withSource(source);
        if (!timeFormat.equals(Timestamps.AUTO)) {
            read = read.withTimeFormat(timeFormat);
        }
        return skipBad ? read.withSkipBad() : read;
    }

    /** These options added to others. */
    public ReadOptions of(ReadOptions others) {
        return others.with("time_format", timeFormat).with("skip_bad", skipBad);
    }

    /**
     * Data whose emptiness is no error, as of an update on a day without news.
     *
     * @param ordered whether the order of the rows means something
     */
    public Dataset readOrNone(String source, boolean ordered) {
        try {
            return Datasets.read(source, of(ReadOptions.DEFAULTS.with("keep_order", ordered)));
        } catch (NoDataException e) {
            Interactions none = Interactions.empty(0, 0);
            return Dataset.of(source, IdMap.of(List.of()), IdMap.of(List.of()), none, none, none);
        }
    }
}
