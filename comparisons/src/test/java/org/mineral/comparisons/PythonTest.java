package org.mineral.comparisons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;

/** A run without Python goes on without its baselines. */
class PythonTest {

    @TempDir
    Path directory;

    @Test
    void withoutPythonTheBaselinesAreSkipped() throws Exception {
        Path script = directory.resolve("run.sh");
        Files.writeString(script, "#!/bin/sh\nexit 3\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Dataset data = Datasets.read("builtin:tastes:users=100,items=80");
        List<Measurement> table = new ArrayList<>();
        Conditions conditions = new Conditions(data, 1, 1, directory);
        new PyTorch(script).measure(conditions, table::add);
        new Implicit(script).measure(conditions, table::add);
        assertThat(table).isEmpty();
    }
}
