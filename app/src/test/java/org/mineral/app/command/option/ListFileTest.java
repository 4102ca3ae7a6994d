package org.mineral.app.command.option;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListFileTest {

    @TempDir
    Path home;

    @Test
    void aFileThatCannotBeWrittenIsNamedAsItWasGiven() {
        Path file = home.resolve("none").resolve("lists.csv");
        assertThatThrownBy(() -> new ListFile(file, "user", "item", false).close())
                .hasMessageContaining("cannot write " + file + ": no such directory");
    }
}
