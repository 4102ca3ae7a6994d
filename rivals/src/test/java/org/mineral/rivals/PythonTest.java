package org.mineral.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;

/** A run without Python goes on without its opponents. */
class PythonTest {

    @TempDir
    Path directory;

    @Test
    void withoutPythonTheOpponentsAreSkipped() throws Exception {
        Path script = directory.resolve("run.sh");
        Files.writeString(script, "#!/bin/sh\nexit 3\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Dataset data = Datasets.read("builtin:tastes:users=100,items=80");
        List<Pair> table = new ArrayList<>();
        Contest contest = new Contest(data, 1, 1, directory);
        new PyTorch(script).meet(contest, table::add);
        new Implicit(script).meet(contest, table::add);
        assertThat(table).isEmpty();
    }
}
