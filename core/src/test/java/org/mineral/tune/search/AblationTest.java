package org.mineral.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.loss.Losses;
import org.mineral.recipe.TrainingRecipe;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.ComparisonListener;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.DataSource;
import org.mineral.tune.compare.InterruptedSearch;
import org.mineral.tune.compare.Repeating;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.compare.Trial;

class AblationTest {

    private static final Dataset DATA = Datasets.read("builtin:tastes:users=150,items=100");

    @TempDir
    private Path directory;

    private final List<String> trained = new ArrayList<>();

    private final ComparisonListener listener = new Repeating() {
        @Override
        public void loss(String name, int k, int n) {
            trained.add(name);
        }
    };

    private Path file() {
        return directory.resolve("trials.jsonl");
    }

    private Ablation ablation(String x, @Nullable String y, Map<String, String> settings) {
        return Ablation.of(DATA, Axis.parse(x))
                .source(DataSource.of("builtin:tastes:users=150,items=100"))
                .loss("mine+")
                .against(y == null ? null : Axis.parse(y))
                .selection(SelectionProtocol.DEFAULTS)
                .budget(Budget.epochs(2))
                .settings(settings)
                .seed(7)
                .threads(1)
                .trials(file())
                .listener(listener);
    }

    private Ablation small() {
        return ablation("lambda=1:1.2:2", "temperature=0.1:0.3:3", Map.of("dimension", "8"));
    }

    private static List<@Nullable Double> figures(AblationResult result) {
        return result.cells().stream().map(Trial::validation).toList();
    }

    @Test
    void eachCellIsWhatTrainingAloneGives() {
        AblationResult result = small().run();
        assertThat(trained).hasSize(6).startsWith("lambda=1 temperature=0.1", "lambda=1.2 temperature=0.1");
        Trial cell = result.cell(2, 1);
        assertThat(cell.settings()).isEqualTo(Map.of("lambda", "1.2", "temperature", "0.3"));
        TrainOptions options = TrainOptions.defaults()
                .with("dimension", 8)
                .withTemperature(0.3)
                .withEpochs(2)
                .withSeed(7);
        double alone = new EmbeddingTrainer(Losses.minePlus(1.2), options)
                .train(DataProtocol.of(DATA, 7).data()).curve().stream()
                        .mapToDouble(e -> e.validation())
                        .max()
                        .orElseThrow();
        assertThat(cell.validation()).isEqualTo(alone);
        assertThat(cell.test()).isNull();
        assertThat(cell.curve()).hasSize(2);
        assertThat(result.best()).isIn(result.cells());
        assertThat(figures(result))
                .allSatisfy(v -> assertThat(v).isLessThanOrEqualTo(result.best().validation()));
        assertThat(String.join("\n", result.commands())).contains("lambda=", "dimension=8");
    }

    @Test
    void aKilledAblationGoesOnWhereItStopped() throws Exception {
        List<@Nullable Double> whole = figures(small().run());
        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(7);
        // Two cells are whole, a third was being written.
        Files.writeString(
                file(),
                String.join("\n", lines.subList(0, 3)) + "\n" + lines.get(3).substring(0, 40));
        trained.clear();
        AblationResult resumed = small().run();
        assertThat(trained).hasSize(4);
        assertThat(figures(resumed)).isEqualTo(whole);
        assertThat(Files.readAllLines(file())).hasSize(7);

        trained.clear();
        ablation("lambda=1,1.2,1.3", "temperature=0.1,0.2", Map.of("dimension", "8"))
                .run();
        assertThat(trained).containsExactly("lambda=1.3 temperature=0.1", "lambda=1.3 temperature=0.2");
    }

    @Test
    void theSearchThatItBeginsWithGoesOnAfterAKill() {
        Ablation searched = small().selection(SelectionProtocol.DEFAULTS.searched(true));
        List<@Nullable Double> whole = figures(searched.trials(null).run());
        InterruptedSearch killed = new InterruptedSearch(2);
        assertThatThrownBy(() -> searched.trials(file()).listener(killed).run()).isSameAs(killed);
        InterruptedSearch further = new InterruptedSearch(Integer.MAX_VALUE);
        assertThat(figures(searched.listener(further).run())).isEqualTo(whole);
        assertThat(further.notes).singleElement().asString().contains("after 3 trials");
    }

    @Test
    void aFileOfSomethingElseIsRefusedAndLeftAlone() throws Exception {
        small().run();
        String before = Files.readString(file());
        assertThatThrownBy(() -> ablation("lambda=1:1.2:2", null, Map.of("dimension", "16"))
                        .run())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("set.dimension=8")
                .hasMessageContaining("set.dimension=16")
                .hasMessageContaining("Name another file");
        assertThat(Files.readString(file())).isEqualTo(before);

        for (String foreign : List.of("a,b\n1,2\n", "no newline", "null\n", "[1]\n")) {
            Files.writeString(file(), foreign);
            assertThatThrownBy(() -> small().run())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("line 1");
            assertThat(Files.readString(file())).isEqualTo(foreign);
        }
        Files.writeString(file(), "{\"a\": 1}");
        assertThatThrownBy(() -> small().run())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("trials of something else ({a=1})");
        assertThat(Files.readString(file())).isEqualTo("{\"a\": 1}");
        byte[] binary = {(byte) 0xff, 0, '\n'};
        Files.write(file(), binary);
        assertThatThrownBy(() -> small().run()).isInstanceOf(InputException.class);
        assertThat(Files.readAllBytes(file())).isEqualTo(binary);
        Files.writeString(file(), before);
        String lastLine = before.substring(before.strip().lastIndexOf('\n') + 1);
        Files.writeString(file(), "{\"settings\": 3}\n" + lastLine, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> small().run()).hasMessageContaining("line 8");
    }

    @Test
    void aBlankFileIsAnEmptyLogAndADamagedLastLineIsMovedAway() throws Exception {
        small().run();
        String whole = Files.readString(file());
        Files.writeString(file(), "\n");
        small().run();
        assertThat(Files.readAllLines(file()).stream().filter(line -> !line.isBlank()))
                .hasSameSizeAs(whole.lines().toList());
        Files.writeString(file(), whole + "{\"settings\": 3}\n");
        small().run();
        assertThat(Files.readString(file())).isEqualTo(whole);
        assertThat(Files.readString(file().resolveSibling(file().getFileName() + ".damaged")))
                .contains("{\"settings\": 3}");
    }

    @Test
    void twoRunsDoNotWriteToOneFile() {
        Ablation inner = small();
        List<String> refusals = new ArrayList<>();
        ComparisonListener intruder = new ComparisonListener() {
            @Override
            public void trial(Trial trial) {
                try {
                    inner.run();
                } catch (InputException e) {
                    refusals.add(e.getMessage());
                }
            }
        };
        Ablation.of(DATA, Axis.parse("lambda=1,1.1"))
                .source(DataSource.of("tastes"))
                .loss("mine+")
                .selection(SelectionProtocol.DEFAULTS)
                .budget(Budget.epochs(1))
                .seed(7)
                .threads(1)
                .trials(file())
                .listener(intruder)
                .run();
        assertThat(refusals).hasSize(2).allSatisfy(r -> assertThat(r).contains("another run"));
    }

    @Test
    void aCellThatDivergesStaysWithItsReason() {
        Ablation ablation = Ablation.of(DATA, Axis.parse("learning_rate=0.001,1000"))
                .source(DataSource.of("tastes"))
                .loss("mse")
                .selection(SelectionProtocol.DEFAULTS)
                .budget(Budget.epochs(3))
                .settings(Map.of("similarity", "dot", "optimizer", "sgd"))
                .seed(7)
                .threads(1)
                .trials(file())
                .listener(listener);
        AblationResult result = ablation.run();
        assertThat(result.cells().get(1).failure()).contains("learning_rate");
        assertThat(result.cells().get(1).validation()).isNull();
        assertThat(result.best()).isEqualTo(result.cells().get(0));
        trained.clear();
        assertThat(ablation.run().cells()).isEqualTo(result.cells());
        assertThat(trained).isEmpty();
    }

    @Test
    void theTestPartIsMeasuredOnlyWhenAskedFor() {
        AblationResult result = Ablation.of(DATA, Axis.parse("temperature=0.1,0.2"))
                .source(DataSource.of("tastes"))
                .loss("dcl")
                .selection(SelectionProtocol.DEFAULTS)
                .budget(Budget.epochs(1))
                .seed(7)
                .threads(1)
                .test(true)
                .run();
        assertThat(result.cells()).allSatisfy(cell -> assertThat(cell.test()).isBetween(0.0, 1.0));
        assertThat(String.join(" ", result.protocol())).contains("optimistic");
        assertThat(String.join(" ", small().run().protocol())).contains("The test part was not looked at.");
    }

    @Test
    void whatIsNotVariedIsWhatTrainWouldChoose() {
        Dataset data =
                Datasets.read("builtin:tastes:users=300,items=150,noise=0").withValidInTrain();
        AblationResult result = Ablation.of(data, Axis.parse("temperature=0.1,0.2"))
                .settings(Map.of("dimension", "8"))
                .seed(7)
                .threads(2)
                .trials(file())
                .run();
        Map<String, String> chosen = new LinkedHashMap<>(new TrainingRecipe()
                .dimension(8)
                .seed(7)
                .threads(2)
                .train(data)
                .search()
                .settings());
        assertThat(result.budget()).isEqualTo(chosen.remove("epochs") + " epochs");
        chosen.keySet().removeAll(List.of("stop_after", "temperature"));
        chosen.put("dimension", "8");
        assertThat(result.settings()).isEqualTo(chosen);
        assertThat(result.cells()).hasSize(2).noneMatch(Trial::failed);
    }

    @Test
    void wrongGridsAreRefusedBeforeAnythingIsTrained() {
        for (String[] bad : new String[][] {
            {"lamda=1:2", "Did you mean 'lambda'?"},
            {"lambda=1:200", "out of range"},
            {"epochs=1:5", "its budget"},
            {"block_size=4:5:4", "whole number"},
            {"dimension=4,8", "is given twice"}
        }) {
            assertThatThrownBy(() ->
                            ablation(bad[0], null, Map.of("dimension", "8")).check())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(bad[1]);
        }
        assertThatThrownBy(() -> ablation("lambda=1:2", "lambda=1:2", Map.of()).check())
                .hasMessageContaining("twice");
        assertThat(file()).doesNotExist();
    }
}
