package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A verb says which options it has and which parts of the library it calls; ideas of its own belong elsewhere. */
class ThinVerbsTest {

    private static final int MOST_LINES = 99;

    @ParameterizedTest
    @ValueSource(strings = {"", "data"})
    void noVerbIsLong(String directory) throws IOException {
        List<Path> verbs;
        try (var files =
                Files.list(Path.of("src/main/java/org/mineral/app/command").resolve(directory))) {
            verbs = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(verbs).hasSizeGreaterThan(5);
        for (Path verb : verbs) {
            assertThat(Files.readAllLines(verb)).as(verb.toString()).hasSizeLessThanOrEqualTo(MOST_LINES);
        }
    }
}
