package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.data.read.Datasets;
import org.mineral.model.provenance.Version;
import tools.jackson.databind.JsonNode;

class ProvenanceTest {

    private static final String DATA = "builtin:tastes:users=200,items=120";

    @TempDir
    static Path home;

    @BeforeAll
    static void train() {
        String train = "train " + DATA + " --set epochs=1 --set dimension=8 -o " + home.resolve("model");
        assertThat(CommandLineTest.run((Object[]) train.split(" ")).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train DATA -o HOME/m --set epochs=1 --set dimension=8",
                "train DATA -o HOME/m --model popularity",
                "evaluate HOME/model DATA",
                "information HOME/model DATA",
                "compare DATA --losses dcl --budget 1 --set dimension=8 --report HOME/c.html",
                "ablate DATA --x lambda=1,1.1 --budget 1 --set dimension=8 --report HOME/a.html --log HOME/a.jsonl",
                "tune DATA --trials 1 --epochs 1 --set dimension=8 --report HOME/t.html --log HOME/t.jsonl"
            })
    void everyResultSaysHowItCameAbout(String command) {
        String words = command.replace("HOME", home.toString()).replace("DATA", DATA);
        CommandLineTest.Run run = CommandLineTest.run((Object[]) (words + " --json --seed 5 --threads 2").split(" "));
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode document = run.json();
        assertThat(document.get("data").get("hash").asString())
                .isEqualTo(Datasets.read(DATA).hash());
        assertThat(document.get("seed").asLong()).isEqualTo(5);
        assertThat(document.get("threads").asInt()).isEqualTo(2);
        JsonNode environment = document.get("environment");
        assertThat(environment.get("version").asString()).isEqualTo(Version.CURRENT);
        assertThat(environment.get("jdk").asString()).contains(Runtime.version().toString());
        assertThat(environment.get("kernel").asString()).isNotEmpty();
        if (command.contains("HOME/model")) {
            JsonNode model = document.get("model");
            assertThat(model.get("settings").get("loss").asString()).isEqualTo("mine+");
            assertThat(model.get("provenance").get("data_hash").asString()).hasSize(64);
        }
    }
}
