package org.mineral.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the poms can be seen before a release; {@code .ci/Published.java} looks at what a release publishes. */
class PublishedPomsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern PLUGIN =
            Pattern.compile("<artifactId>([\\w-]+-plugin)</artifactId>\\s*<version>([\\d.]+)</version>");

    private static String pom(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    private static Map<String, String> plugins(String pom) {
        return PLUGIN.matcher(pom)
                .results()
                .collect(Collectors.toMap(plugin -> plugin.group(1), plugin -> plugin.group(2), (a, b) -> a));
    }

    /** The pom that the build of the module has written for others. */
    @ParameterizedTest
    @ValueSource(strings = {"core", "app"})
    void aPublishedPomStandsAlone(String module) throws IOException {
        assertThat(pom(module + "/.flattened-pom.xml"))
                .contains(
                        "<artifactId>mineral-" + module + "</artifactId>",
                        "<version>" + Unpacked.VERSION + "</version>",
                        "<name>",
                        "<description>",
                        "<license>")
                .doesNotContain("<parent>", "${", "<scope>test</scope>", "<repository>", "<build>", "junit");
    }

    /** It has no parent, and Maven's own choices are old: its deploy plugin takes no address of the form ID::URL. */
    @Test
    void theBomHasThePluginsOfTheOtherModules() throws IOException {
        assertThat(plugins(pom("pom.xml")))
                .containsAllEntriesOf(plugins(pom("bom/pom.xml")))
                .containsKeys("maven-gpg-plugin", "maven-deploy-plugin");
        assertThat(plugins(pom("bom/pom.xml")))
                .containsKeys(
                        "maven-gpg-plugin", "maven-deploy-plugin", "maven-install-plugin", "flatten-maven-plugin");
    }

    @Test
    void onlyWhatIsForOthersIsDeployed() throws IOException {
        Set<String> modules = Pattern.compile("<module>([\\w-]+)</module>")
                .matcher(pom("pom.xml"))
                .results()
                .map(module -> module.group(1))
                .collect(Collectors.toSet());
        Set<String> deployed = modules.stream()
                .filter(module -> {
                    try {
                        return !pom(module + "/pom.xml").contains("<maven.deploy.skip>true</maven.deploy.skip>");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .collect(Collectors.toSet());
        assertThat(deployed).containsExactlyInAnyOrder("core", "app", "spark", "bom");
        Set<String> managed = Pattern.compile("<artifactId>(mineral-(?!bom)[\\w.-]+)</artifactId>")
                .matcher(pom("bom/pom.xml"))
                .results()
                .map(artifact -> artifact.group(1))
                .collect(Collectors.toSet());
        assertThat(managed).containsExactlyInAnyOrder("mineral-core", "mineral-app", "mineral-spark_2.13");
    }
}
