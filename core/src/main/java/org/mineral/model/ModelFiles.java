package org.mineral.model;

import java.nio.file.Path;

/** Writes and reads model directories. */
final class ModelFiles {

    private ModelFiles() {}

    static void save(Model model, ModelInfo info, Path directory) {
        throw new UnsupportedOperationException("not yet");
    }

    static Model load(Path directory) {
        throw new UnsupportedOperationException("not yet");
    }
}
