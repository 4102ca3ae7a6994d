package org.mineral.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.loss.listwise.MinePlus;

/** Whoever reads the Javadoc of a settings record finds there what the command line says of each. */
class SettingsJavadocTest {

    @TempDir
    private Path directory;

    @Test
    void pageOfARecordHasTheTextsOfItsSettings() throws Exception {
        StringWriter log = new StringWriter();
        int code = ToolProvider.findFirst("javadoc")
                .orElseThrow()
                .run(
                        new PrintWriter(log),
                        new PrintWriter(log),
                        "-quiet",
                        "-Xdoclint:none",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.toString(),
                        "src/main/java/org/mineral/loss/listwise/MinePlus.java");
        assertThat(code).as(log.toString()).isZero();
        String page = Files.readString(directory.resolve("org/mineral/loss/listwise/MinePlus.html"))
                .replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replace("\\'", "'");
        assertThat(Config.describe(MinePlus.class))
                .isNotEmpty()
                .allSatisfy(setting ->
                        assertThat(page).contains(setting.doc()).contains("value=\"" + setting.fallback() + "\""));
    }
}
