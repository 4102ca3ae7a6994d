package org.mineral.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is written beside its place and takes it in one step, or leaves no trace. */
public final class FileReplacement implements Closeable {

    private final Path target;
    private final Unfinished unfinished;
    private final Path temporary;

    /** @param file a file may be there already; it stays until {@link #commit} */
    public FileReplacement(Path file) throws IOException {
        target = file.toAbsolutePath().normalize();
        unfinished = Unfinished.beside(target);
        temporary = unfinished.path().resolve(target.getFileName());
    }

    /** Where everything is written; a file of the same name. */
    public Path temporary() {
        return temporary;
    }

    /** Puts it to its place. */
    public void commit() throws IOException {
        unfinished.finish(() ->
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    @Override
    public void close() throws IOException {
        unfinished.close();
    }
}
