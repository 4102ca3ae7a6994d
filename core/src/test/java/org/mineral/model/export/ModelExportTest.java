package org.mineral.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.files.NpyReader;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.PopularityModel;
import org.mineral.model.TestModels;
import org.mineral.model.io.FactorFormat;
import org.mineral.model.io.NpyFile;
import org.mineral.model.similarity.ItemWeights;

/** What is exported comes back to the bit, and other tools can read it. */
class ModelExportTest {

    @TempDir
    Path directory;

    static Stream<FactorFormat> formats() {
        return ExportFormats.all().stream();
    }

    /** Awkward ids, and numbers whose decimal text must be exact. */
    private static FactorModel model() {
        Matrix users = TestModels.gaussian(4, 5, new Random(1));
        users.setRow(2, new float[] {Float.MIN_VALUE, -0f, 1e15f, 1 / 3f, -1.1754942E-38f});
        return new FactorModel(
                users,
                TestModels.gaussian(3, 5, new Random(2)),
                IdMap.of(List.of("a,\"b\"", "tab\there", " \u00fc ", "new\nline\r")),
                IdMap.of(List.of("007", "7", "\uD83C\uDF75\\t")),
                Interactions.of(3, new int[] {2}, new int[] {}, new int[] {0, 1, 2}, new int[] {1}),
                TestModels.INFO);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aModelComesBackToTheBit(FactorFormat format) {
        FactorModel model = model();
        Path export = directory.resolve("export");
        ModelExport.write(model, format, export);
        FactorModel back = ModelExport.read(export, ExportFormats.all());
        assertThat(back.users().ids()).isEqualTo(model.users().ids());
        assertThat(back.items().ids()).isEqualTo(model.items().ids());
        assertThat(back.userFactors().values()).isEqualTo(model.userFactors().values());
        assertThat(back.itemFactors().values()).isEqualTo(model.itemFactors().values());
        assertThat(back.known()).isEqualTo(model.known());
        assertThat(back.info()).isEqualTo(model.info());
        assertThat(back.recommend("a,\"b\"", 3)).isEqualTo(model.recommend("a,\"b\"", 3));
    }

    /** Awkward ids, an item without weights, and a row without pairs. */
    private static ItemSimilarityModel weights() {
        FactorModel factors = model();
        return new ItemSimilarityModel(
                new ItemWeights(3, new int[] {0, 2, 2, 3}, new int[] {1, 2, 0}, new float[] {1 / 3f, -0.5f, 1e-20f}),
                factors.users(),
                factors.items(),
                factors.trained(),
                TestModels.INFO);
    }

    @Test
    void weightsAreArraysOfASparseMatrix() throws IOException {
        Path export = directory.resolve("export");
        ModelExport.write(weights(), ExportFormats.all().get(0), export);
        assertThat(NpyFile.ints(export.resolve("weights.offsets.npy"))).containsExactly(0, 2, 2, 3);
        assertThat(NpyFile.ints(export.resolve("weights.items.npy"))).containsExactly(1, 2, 0);
        try (NpyReader values = new NpyReader(export.resolve("weights.values.npy"), 1, "<f4")) {
            assertThat(values.length(0)).isEqualTo(3);
            assertThat(List.of((float) values.number(), (float) values.number(), (float) values.number()))
                    .containsExactly(1 / 3f, -0.5f, 1e-20f);
        }
    }

    @Test
    void weightsAreRowsOfATable() throws IOException {
        Path export = directory.resolve("export");
        ModelExport.write(weights(), ExportFormats.all().get(2), export);
        List<String> ids = weights().items().ids();
        assertThat(Files.readAllLines(export.resolve("weights.csv")))
                .containsExactly(
                        "item,scored,weight",
                        "007,7,0.33333334",
                        "007," + ids.get(2) + ",-0.5",
                        ids.get(2) + ",007,1.0E-20");
        assertThat(Files.readAllLines(export.resolve("items.csv"))).containsExactly("id", "007", "7", ids.get(2));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void weightsAreNotImported(FactorFormat format) {
        Path export = directory.resolve("export");
        ModelExport.write(weights(), format, export);
        assertThatThrownBy(() -> ModelExport.read(export, ExportFormats.all()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds item weights")
                .hasMessageContaining("copied as it is");
    }

    @Test
    void aModelOfNeitherIsRefused() {
        FactorModel factors = model();
        PopularityModel popular = new PopularityModel(factors.users(), factors.items(), factors.trained());
        assertThatThrownBy(() -> ModelExport.write(popular, ExportFormats.all().get(0), directory.resolve("export")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no ")
                .hasMessageContaining("item weights");
        assertThat(directory.resolve("export")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void existingFilesAreNotReplaced(FactorFormat format) throws IOException {
        Files.createDirectory(directory.resolve("there"));
        assertThatThrownBy(() -> ModelExport.write(model(), format, directory.resolve("there")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("something there already");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve("there"));
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aMissingFileIsNamed(FactorFormat format) throws IOException {
        Path export = directory.resolve("export");
        ModelExport.write(model(), format, export);
        try (Stream<Path> files = Files.list(export)) {
            for (Path file : files.toList()) {
                byte[] content = Files.readAllBytes(file);
                Files.delete(file);
                assertThatThrownBy(() -> ModelExport.read(export, ExportFormats.all()))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining(file.getFileName().toString());
                Files.write(file, content);
            }
        }
    }

    @Test
    void aNewerExportIsRefusedByItsVersion() throws IOException {
        Path export = directory.resolve("export");
        ModelExport.write(model(), ExportFormats.all().get(0), export);
        Path head = export.resolve("export.json");
        Files.writeString(head, Files.readString(head).replaceAll("\"version\" ?: ?1", "\"version\": 2"));
        assertThatThrownBy(() -> ModelExport.read(export, ExportFormats.all()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("format version 2")
                .hasMessageContaining("reads up to 1");
    }

    @Test
    void changedFactorsAreTakenOver() throws IOException {
        Path export = directory.resolve("export");
        ModelExport.write(model(), ExportFormats.all().get(2), export);
        Path users = export.resolve("users.csv");
        Files.writeString(users, Files.readString(users).replace(Float.toString(1e15f), "2.5"));
        assertThat(ModelExport.read(export, ExportFormats.all()).userFactors().get(2, 2))
                .isEqualTo(2.5f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f0,f1\na,1\n",
                "id,f0\na,x\n",
                "id,f0\na\n",
                "id,f0\na,1\na,2\n",
                "id,f0\na,1\nb,1,2\n",
                "id,f0\n\"a,1\n"
            })
    void damagedCsvIsRefusedWithFileAndLine(String content) throws IOException {
        Path export = directory.resolve("export");
        ModelExport.write(model(), ExportFormats.all().get(2), export);
        Files.writeString(export.resolve("items.csv"), content);
        assertThatThrownBy(() -> ModelExport.read(export, ExportFormats.all()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(".csv:");
    }

    @Test
    void numPyReadsTheArrays() throws Exception {
        String python = System.getenv().getOrDefault("MINERAL_PYTHON", "python3");
        assumeThat(succeeds(python, "-c", "import numpy"))
                .as("no python3 with numpy here (MINERAL_PYTHON names another)")
                .isTrue();
        Path export = directory.resolve("export");
        ModelExport.write(model(), ExportFormats.all().get(0), export);
        Path script = Files.writeString(directory.resolve("check.py"), """
                import sys, numpy as np
                d = sys.argv[1] + "/"
                users, items = np.load(d + "users.npy"), np.load(d + "items.npy")
                offsets, seen = np.load(d + "seen.offsets.npy"), np.load(d + "seen.items.npy")
                assert users.dtype == np.float32 and users.shape == (4, 5), (users.dtype, users.shape)
                assert users[2, 2] == np.float32(1e15) and users[2, 3] == np.float32(1) / np.float32(3)
                assert items.shape == (3, 5) and users.flags.c_contiguous
                assert offsets.tolist() == [0, 1, 1, 4, 5] and seen.tolist() == [2, 0, 1, 2, 1]
                np.save(d + "users.npy", users * np.float32(0.5))
                """);
        boolean good = succeeds(python, script.toString(), export.toString());
        assertThat(good).as(Files.readString(directory.resolve("python.txt"))).isTrue();
        FactorModel halved = ModelExport.read(export, ExportFormats.all());
        assertThat(halved.userFactors().get(0, 0))
                .isEqualTo(0.5f * model().userFactors().get(0, 0));
    }

    private boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("python.txt").toFile())
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
