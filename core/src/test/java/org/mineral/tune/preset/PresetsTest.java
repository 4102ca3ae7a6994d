package org.mineral.tune.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.search.SearchBudget;
import org.mineral.tune.search.Tuning;
import org.mineral.tune.search.TuningResult;

class PresetsTest {

    private static final Dataset DATA = Datasets.read("builtin:tastes:users=150,items=100");

    @TempDir
    private Path directory;

    /** Reading one checks names and ranges of its settings; the list must not forget a file. */
    @Test
    void everyFileIsAPresetWithItsProvenance() throws Exception {
        Path resources = Path.of(PresetsTest.class
                .getResource("/org/mineral/tune/preset/amazon-electronics-small.json")
                .toURI());
        try (Stream<Path> files = Files.list(resources.getParent())) {
            assertThat(files.map(f -> f.getFileName().toString())
                            .filter(f -> f.endsWith(".json"))
                            .map(f -> f.replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Presets.saved().stream().map(SavedPreset::name).toList());
        }
        for (SavedPreset preset : Presets.saved()) {
            assertThat(preset.dataHash()).hasSize(64);
            for (SavedPreset.Found found : preset.found()) {
                assertThat(found.search().data()).isEqualTo(preset.name());
                assertThat(found.settings())
                        .containsEntry("epochs", String.valueOf(found.search().epochs()));
                assertThat(ModelSpec.parse(found.search().models().get(0))
                                .with(found.search().settings())
                                .configured())
                        .isNotNull();
                assertThat(found.validation()).isBetween(0.001, 1.0);
                assertThat(found.date()).matches("20\\d\\d-\\d\\d-\\d\\d");
                assertThat(found.settings()).containsKey("epochs").doesNotContainKey("seed");
            }
        }
    }

    @Test
    void unknownNamesAreRefusedWithTheNearest() {
        assertThatThrownBy(() -> Presets.of("amazon-electronic-small"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'amazon-electronics-small'?");
        assertThatThrownBy(() -> Presets.check(Presets.of("amazon-electronics-small"), List.of("bpr")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none for bpr");
    }

    @Test
    void whatASearchFoundIsWrittenAndReadAndTrainsTheSame() throws IOException {
        Tuning tuning = Tuning.of(DATA)
                .selection(SelectionProtocol.DEFAULTS)
                .losses(List.of("mine+"))
                .budget(SearchBudget.points(4))
                .epochs(3)
                .settings(Map.of("dimension", "8"))
                .seed(3)
                .threads(1);
        TuningResult result = tuning.run().result();
        Path file = directory.resolve("found.json");
        SavedPreset saved = result.preset("found", "hash", tuning.search());
        saved.write(file);
        Preset preset = Presets.of(file.toString());
        assertThat(preset).isEqualTo(saved);
        assertThat(preset.losses()).containsExactly("mine+");
        assertThat(preset.settings("mine+", DATA.train()))
                .containsEntry("dimension", "8")
                .containsKey("epochs");
        assertThat(preset.settings("bpr", DATA.train())).isEmpty();
        Map<String, String> all = ComparedModel.of("mine+", preset.settings("mine+", DATA.train()), 3)
                .settings();
        Map<String, String> last = new LinkedHashMap<>(result.last().settings());
        all.keySet().removeAll(List.of("patience", "epochs"));
        last.keySet().removeAll(List.of("patience", "epochs"));
        assertThat(all).isEqualTo(last);
        // Settings that were given go first; those that a comparison decides are left to it.
        SelectionProtocol selection = SelectionProtocol.DEFAULTS.preset(preset);
        assertThat(selection.settings(ModelSpec.ofLoss("mine+"), DATA, Map.of("dimension", "4")))
                .containsEntry("dimension", "4")
                .doesNotContainKey("epochs");
    }

    @Test
    void invalidPresetsAreRefusedWithTheReason() throws IOException {
        Path file = directory.resolve("bad.json");
        for (Map.Entry<String, String> bad : Map.of(
                        "{",
                        "is no preset",
                        "{\"name\":\"x\"}",
                        "missing",
                        "{\"name\":\"x\",\"about\":\"\",\"dataHash\":\"\",\"found\":[{\"loss\":\"mine+\","
                                + "\"settings\":{\"lamda\":\"1\"}}]}",
                        "lamda",
                        "{\"name\":\"x\",\"about\":\"\",\"dataHash\":\"\",\"found\":[{\"loss\":\"mine+\","
                                + "\"settings\":{\"temperature\":\"-1\"}}]}",
                        "out of range")
                .entrySet()) {
            Files.writeString(file, bad.getKey());
            assertThatThrownBy(() -> Presets.of(file.toString()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(bad.getValue());
        }
        assertThatThrownBy(() -> Presets.of(directory.resolve("none.json").toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is no file of a preset");
    }
}
