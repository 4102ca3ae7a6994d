package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mineral.model.provenance.Version;

/** Coordinates and names of jars in the documentation have the version of the build. */
class DocsVersionTest {

    private static final Pattern OURS = Pattern.compile(
            "mineral-(?:core|app|bom|spark_2\\.13)(?:[:-]|</artifactId>\\s*<version>)(\\d[\\w.]*?)(?=[\"<`,]|\\.jar)");

    @Test
    void versionsAreThatOfTheBuild() throws IOException {
        Path root = Path.of("..");
        try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            List<String> versions = Stream.concat(docs, Stream.of(root.resolve("README.md")))
                    .filter(path -> path.toString().endsWith(".md"))
                    .flatMap(DocsVersionTest::versions)
                    .toList();
            assertThat(versions).hasSizeGreaterThan(5).containsOnly(Version.CURRENT);
        }
    }

    private static Stream<String> versions(Path page) {
        try {
            return OURS.matcher(Files.readString(page)).results().map(version -> version.group(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
