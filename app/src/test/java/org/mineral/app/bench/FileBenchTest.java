package org.mineral.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class FileBenchTest {

    @Test
    void nothingIsLeftBehindWhenItFails() throws IOException {
        Set<Path> before = leftovers();
        try (Bench bench = new Bench(1, true, line -> {
            throw new IllegalStateException("stop at " + line);
        })) {
            assertThatThrownBy(() -> FileBench.run(bench, BenchModels.model(ShapedData.of("small", 50, 60, 900), 8, 1)))
                    .hasMessageStartingWith("stop at ");
        }
        assertThat(leftovers()).isEqualTo(before);
    }

    private static Set<Path> leftovers() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("mineral-bench"))
                    .collect(Collectors.toSet());
        }
    }
}
