package org.mineral.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.read.Mutations;
import org.mineral.model.FactorModel;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.ItemSimilarityModelTest;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.Models;
import org.mineral.model.TestModels;
import org.mineral.model.export.ExportFormats;
import org.mineral.model.export.ModelExport;

/** Damaged models and exports are refused, or are models that work; see also {@link ModelDirectoryTest}. */
@Tag("slow")
class ModelFuzzTest {

    private static final int ROUNDS = Integer.getInteger("mineral.fuzz", 120);

    @TempDir
    Path directory;

    private static FactorModel model() {
        return TestModels.model(
                TestModels.gaussian(3, 2, new Random(1)),
                TestModels.gaussian(4, 2, new Random(2)),
                TestModels.interactions(3, 4, 0.5, new Random(3)));
    }

    @Test
    void damagedModelsAreRefusedOrWork() throws IOException {
        Path saved = directory.resolve("model");
        model().save(saved);
        fuzz(saved, () -> FactorModel.load(saved));
    }

    @Test
    void damagedItemWeightsAreRefusedOrWork() throws IOException {
        Path saved = directory.resolve("weights");
        new ItemSimilarityModel(
                        ItemSimilarityModelTest.random(4, new Random(5)),
                        model().users(),
                        model().items(),
                        model().trained(),
                        ModelInfo.of("ease"))
                .save(saved);
        fuzz(saved, () -> Models.load(saved));
        fuzz(saved, () -> unchecked(saved));
    }

    /** As if the checksums were those of the damaged file. */
    private static Model unchecked(Path saved) {
        try {
            return ModelFiles.read(saved, ModelHeader.unchecked(saved));
        } catch (IOException e) {
            throw new InputException(saved + ": " + e.getMessage(), e);
        }
    }

    /** Without checksums: everything reaches the readers. */
    @Test
    void damagedExportsAreRefusedOrWork() throws IOException {
        for (FactorFormat format : ExportFormats.all()) {
            Path export = directory.resolve(format.name());
            ModelExport.write(model(), format, export);
            fuzz(export, () -> ModelExport.read(export, ExportFormats.all()));
        }
    }

    private static void fuzz(Path place, Supplier<? extends Model> load) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(place)) {
            files = found.sorted().toList();
        }
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            Mutations mutations = new Mutations(file.getFileName().toString().hashCode());
            for (int round = 0; round < ROUNDS; round++) {
                byte[] damaged = mutations.of(whole);
                Files.write(file, damaged);
                try {
                    Model model = load.get();
                    for (int u = 0; u < model.users().size(); u++) {
                        assertThat(model.scores(u)).hasSize(model.items().size());
                    }
                } catch (InputException e) {
                    assertThat(e.getMessage()).contains(place.toString()).doesNotContain("\u0000");
                } catch (RuntimeException | Error e) {
                    fail(file + ", round " + round + ": " + Base64.getEncoder().encodeToString(damaged), e);
                }
            }
            Files.write(file, whole);
        }
        assertThat(load.get().users().size()).isEqualTo(3);
    }
}
