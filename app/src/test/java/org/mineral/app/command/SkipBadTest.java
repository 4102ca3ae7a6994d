package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.command.DataImportCommandTest.Run;

class SkipBadTest {

    @TempDir
    Path directory;

    private Path data() throws IOException {
        return Files.writeString(directory.resolve("bad.csv"), "user,item,rating\na,x,1\nb\nc,z,5d\nd,y,16777217\n");
    }

    @Test
    void badRowsAreRefusedWithTheOptionThatLeavesThemOut() throws IOException {
        Run run = DataImportCommandTest.run("data", "describe", data());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("bad.csv:3: found 1 field", "--skip-bad");
    }

    @Test
    void badRowsAreLeftOutCountedAndListed() throws IOException {
        Run run = DataImportCommandTest.run("data", "describe", data(), "--skip-bad");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(
                        "2 rows in train that cannot be understood, left out",
                        "bad.csv:3: found 1 field",
                        "bad.csv:4: found the rating '5d'");
        assertThat(run.out()).contains("16777217");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train",
                "evaluate",
                "compare",
                "tune",
                "ablate",
                "update",
                "information",
                "data describe",
                "data split",
                "data import",
                "data convert"
            })
    void everyVerbThatReadsDataHasTheOption(String verb) {
        Run run = DataImportCommandTest.run((Object[]) (verb + " --help").split(" "));
        assertThat(run.out()).contains("--skip-bad");
    }
}
