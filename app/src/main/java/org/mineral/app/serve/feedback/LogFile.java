package org.mineral.app.serve.feedback;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.mineral.config.InputException;
import org.mineral.files.FileLock;
import org.mineral.files.Journal;
import org.mineral.files.WriteErrors;

/**
 * A log that a server writes, and reads at its start.
 *
 * @param what it is, such as a feedback log
 * @param opening how its lines begin
 * @param option that names it
 */
record LogFile(Path file, String what, String opening, String option) {

    /**
     * Opens or creates it. A last line that was torn by a crash is removed, and reported.
     *
     * @param repair whether damaged lines in the middle are moved to a separate file
     * @param reader receives what is there
     * @param notes receives messages about repairs
     * @throws InputException if another server has the log, it cannot be written, or it is damaged and {@code repair} is false
     */
    Journal open(boolean repair, Journal.Reader reader, Consumer<String> notes) {
        try {
            FileLock lock = FileLock.tryLock(file);
            if (lock == null) {
                throw new InputException(
                        file + " is another server's " + what + "; stop that one, or name another file.");
            }
            Journal journal = Journal.open(file, lock, opening, repair, reader);
            journal.repairs().forEach(notes);
            return journal;
        } catch (Journal.DamagedException e) {
            throw new InputException(
                    e.getMessage()
                            + (e.repairable()
                                    ? ". Start with --repair-feedback to set damaged lines aside in " + file
                                            + ".damaged, or name another " + option + " file."
                                    : ". It is not a " + what + ", and is left unchanged; name another " + option
                                            + " file."),
                    e);
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
    }
}
