package org.mineral.app.command.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.DataSource;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.preset.SavedPreset;

class CommandsTest {

    private static final Dataset PARTS = Datasets.read("builtin:tastes:users=60,items=40");

    @TempDir
    private Path home;

    private final ComparedModel plus =
            ComparedModel.of("mine+", Map.of("lambda", "1.1"), 7).epochs(4);

    @Test
    void anEntryIsTrainedAndMeasured() {
        List<String> commands = commands(PARTS, SelectionProtocol.DEFAULTS, plus);
        assertThat(commands.get(0)).startsWith("./mineral train data ").contains("-o model-mine+ --loss mine+");
        assertThat(commands.get(0))
                .contains("--set lambda=1.1", "--set epochs=4")
                .endsWith("--seed 7");
        assertThat(commands.get(1)).isEqualTo("./mineral evaluate model-mine+ data");
        ComparedModel ease = ComparedModel.of("ease", ModelSpec.of("ease"), Map.of(), 7);
        assertThat(commands(PARTS, SelectionProtocol.DEFAULTS, ease).get(0))
                .contains("--model ease")
                .doesNotContain("lambda");
    }

    @Test
    void theTermsOfTheComparisonAreThoseOfTheTraining() throws IOException {
        assertThat(commands(PARTS, SelectionProtocol.DEFAULTS.paper(), plus).get(0))
                .contains("--protocol paper");
        SelectionProtocol retrained = SelectionProtocol.DEFAULTS.retrained(true);
        assertThat(commands(PARTS, retrained, plus).get(0)).contains("--retrain");
        SelectionProtocol last = SelectionProtocol.DEFAULTS.heldOut(HoldOut.Order.LAST);
        Path file = Files.writeString(home.resolve("one.txt"), "0 1 2 3 4 5 6 7 8 9 10\n1 9 8 7 6 5 4 3 2 1 0\n");
        Dataset one = Datasets.read(file, ReadOptions.of(HoldOut.Order.LAST));
        Files.writeString(home.resolve("train.txt"), Files.readString(file));
        Files.writeString(home.resolve("test.txt"), "0 11\n");
        Dataset two = Datasets.read(home, ReadOptions.of(HoldOut.Order.LAST));
        assertThat(commands(two, last, plus).get(0)).contains("--validation last:0.1");
        assertThat(commands(one, last, plus).get(0))
                .isEqualTo("[ -d parts ] || ./mineral data split data -o parts --by tail --seed 7");
    }

    @Test
    void aShellReadsNothingIntoTheNameOfTheData() {
        DataProtocol protocol = DataProtocol.of(PARTS, 7);
        assertThat(Commands.of(DataSource.of("it's here"), protocol, plus, Map.of())
                        .get(1))
                .isEqualTo("./mineral evaluate model-mine+ 'it'\\''s here'");
    }

    private static List<String> commands(Dataset data, SelectionProtocol selection, ComparedModel model) {
        return Commands.of(DataSource.of("data"), DataProtocol.of(data, 7, selection), model, Map.of("lambda", "1.1"));
    }

    @Test
    void theSearchOfAPresetIsACommandAgain() {
        SavedPreset.Search search = new SavedPreset.Search(
                "my data", List.of("mine+", "bpr"), 9, 0, 15, Map.of("history", "1"), "last", 42);
        assertThat(Commands.of(search, "found"))
                .isEqualTo("./mineral tune 'my data' --losses mine+,bpr --trials 9 --epochs 15 --validation last"
                        + " --set history=1 --save-preset found.json");
        SavedPreset.Search other = new SavedPreset.Search("data", List.of("ease"), 0, 2.5, 27, Map.of(), "random", 7);
        assertThat(Commands.of(other, "found"))
                .isEqualTo(
                        "./mineral tune data --model ease --minutes 2.5 --epochs 27 --seed 7 --save-preset found.json");
    }
}
