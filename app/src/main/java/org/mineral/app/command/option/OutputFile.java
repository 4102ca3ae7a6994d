package org.mineral.app.command.option;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.mineral.config.InputException;

/** Checks output files before long computations. */
public final class OutputFile {

    private OutputFile() {}

    /**
     * The file that an option names.
     *
     * @throws InputException if it is a directory, or its directory cannot be written to
     */
    public static Path check(String option, String name) {
        Path file;
        try {
            file = Path.of(name);
        } catch (InvalidPathException e) {
            throw new InputException(option + " '" + name + "' is not a path: " + e.getReason() + ".", e);
        }
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || directory == null) {
            throw new InputException(option + " " + name + " is a directory; name a file in it.");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // It would be replaced: /dev/null, for a user with the right to do so.
            throw new InputException(option + " " + name + " is a device or a pipe, not a file; name a file.");
        }
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new InputException(option + " " + name + ": " + directory
                    + " is not a directory that can be written to; create it, or name another.");
        }
        return file;
    }

    /** Checked at the start, so that a long training does not fail at the end. */
    public static void checkModel(Path output) {
        Path parent = output.toAbsolutePath().normalize().getParent();
        if (Files.exists(output) && !Files.isRegularFile(output.resolve("model.json")) && !isEmpty(output)) {
            throw new InputException(
                    output + " exists and is not a model, so it is not replaced. Choose another directory with -o.");
        }
        if (parent == null || !Files.isDirectory(parent)) {
            throw new InputException(output + ": the directory " + parent + " does not exist; create it first.");
        }
        if (!Files.isWritable(parent)) {
            throw new InputException(output + ": the directory " + parent + " cannot be written to; choose another.");
        }
    }

    private static boolean isEmpty(Path directory) {
        String[] names = directory.toFile().list();
        return names != null && names.length == 0;
    }
}
