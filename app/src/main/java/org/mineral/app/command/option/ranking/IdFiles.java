package org.mineral.app.command.option.ranking;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mineral.app.console.Console;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.items.IdList;
import org.mineral.data.text.TextFile;

/** Lists of ids that an option names: a file, or standard input. */
public final class IdFiles {

    public static final String STDIN = "-";

    private IdFiles() {}

    /**
     * The ids, one on each line, possibly repeated.
     *
     * @param known known ids
     */
    public static List<String> read(String option, String file, IdMap known) throws IOException {
        Path path = Path.of(file);
        if (!file.equals(STDIN) && !Files.exists(path)) {
            throw new InputException(file + " does not exist; " + option + " takes a file with one id a line, or -.");
        }
        try (Reader text = file.equals(STDIN)
                ? TextFile.reader(Path.of("standard input"), Console.stdin())
                : TextFile.reader(path)) {
            return IdList.read(text, known);
        }
    }
}
