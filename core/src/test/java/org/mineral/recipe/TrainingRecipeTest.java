package org.mineral.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.read.Datasets;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;
import org.mineral.tune.auto.DefaultSearch;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.preset.AutoPreset;
import org.mineral.tune.preset.Preset;

class TrainingRecipeTest {

    private static final Dataset DATA = Datasets.read("builtin:tastes:users=200,items=120");

    private static TrainingRecipe small() {
        return new TrainingRecipe().set("dimension", 8);
    }

    @Test
    void withoutAWordASearchBegins() {
        List<String> notes = new ArrayList<>();
        TrainedModel trained = small().listener(noting(notes)).train(DATA);
        SearchReport search = trained.search();
        assertThat(search).isNotNull();
        assertThat(search.heldOut()).isEqualTo("valid");
        assertThat(trained.settings()).containsAllEntriesOf(search.settings()).containsEntry("dimension", "8");
        assertThat(notes).anyMatch(note -> note.startsWith("search: "));
        assertThat(trained.model().info().provenance().facts())
                .containsKey("search")
                .containsEntry("preset", "auto");
        assertThat(small().train(DATA.withValidInTrain()).search().heldOut()).isEqualTo("0.1");
    }

    @Test
    void theSearchLooksOnlyAtWhatIsTrainedOn() {
        TrainedModel trained = small().validation(HoldOut.parse("0.2")).train(DATA.withValidInTrain());
        assertThat(trained.search())
                .isEqualTo(
                        DefaultSearch.of(ModelSpec.parse("mine+(dimension=8)")).search(trained.data()));
    }

    @Test
    void aRunThatEndedAfterTheSearchTriesNothingAgain(@TempDir Path directory) {
        Dataset data = DATA.withValidInTrain();
        Checkpoints kept = Checkpoints.beside(directory.resolve("model"));
        TrainingRecipe recipe = small().checkpoints(kept);
        FitListener failing = new FitListener() {
            @Override
            public boolean epoch(Epoch epoch) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> recipe.listener(failing).train(data)).hasMessage("killed");
        List<String> notes = new ArrayList<>();
        TrainedModel resumed = recipe.listener(noting(notes)).train(data);
        assertThat(notes).anyMatch(note -> note.startsWith("the search goes on after "));
        TrainedModel whole = small().train(data);
        assertThat(resumed.search()).isEqualTo(whole.search());
        assertThat(vectors(resumed.model())).isEqualTo(vectors(whole.model()));
        assertThatThrownBy(() -> small().seed(7).checkpoints(kept).train(data))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("of something else");
        kept.delete();
        assertThat(kept.directory()).doesNotExist();
    }

    @Test
    void thoroughTakesAnyAlgorithm() {
        Dataset data = DATA.withValidInTrain();
        TrainedModel trained =
                new TrainingRecipe().effort(Effort.THOROUGH).minutes(0.1).train(data);
        SearchReport search = trained.search();
        assertThat(search.contenders()).hasSizeGreaterThan(2);
        assertThat(trained.algorithm().spec().algorithm()).isEqualTo(search.algorithm());
        assertThat(trained.settings()).containsAllEntriesOf(search.settings());
        assertThatThrownBy(() -> small().minutes(1.0).prepare())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("thorough");
    }

    @Test
    void aTeacherOrThePaperProtocolLeaveNothingToSearchOn() {
        assertThat(small().teacher(Path.of("nowhere")).prepare().searches()).isFalse();
        assertThat(small().paperProtocol().prepare().searches()).isFalse();
        assertThat(small().preset(new AutoPreset()).prepare().searches()).isFalse();
        assertThat(small().effort(Effort.NORMAL).prepare().searches()).isTrue();
    }

    @Test
    void aLossThatIsNamedHasASearchAndAnotherAlgorithmIfAskedFor() {
        assertThat(small().loss("bpr").prepare().searches()).isTrue();
        assertThat(small().loss("bpr").prepare().presetByDefault()).isFalse();
        assertThat(small().loss("bpr").effort(Effort.QUICK).prepare().searches())
                .isFalse();
        assertThat(small().loss("bpr").set("learning_rate", 0.1).prepare().searches())
                .isFalse();
        assertThat(small().loss("bpr").preset(null).prepare().searches()).isFalse();
        assertThat(new TrainingRecipe().algorithm("ease").prepare().searches()).isFalse();
        TrainedModel ease =
                new TrainingRecipe().algorithm("ease").effort(Effort.NORMAL).train(DATA.withValidInTrain());
        assertThat(ease.search().trials()).hasSizeGreaterThan(2);
        assertThat(ease.settings()).containsAllEntriesOf(ease.search().settings());
    }

    @Test
    void withLittleEffortThePresetAutoBegins() {
        List<String> notes = new ArrayList<>();
        TrainedModel trained =
                small().effort(Effort.QUICK).listener(noting(notes)).train(DATA);
        assertThat(trained.search()).isNull();
        assertThat(notes).anyMatch(note -> note.startsWith("preset auto: temperature="));
        assertThat(trained.settings())
                .containsAllEntriesOf(new AutoPreset().settings("mine+", DATA.train()))
                .containsEntry("dimension", "8");
        assertThat(trained.model().info().provenance().facts()).containsEntry("preset", "auto");
    }

    @Test
    void explicitSettingsOverrideThePreset() {
        assertThat(small().preset(new AutoPreset()).set("epochs", 2).train(DATA).settings())
                .containsEntry("epochs", "2")
                .containsEntry("history", "1");
        TrainedModel plain = small().set("epochs", 2).train(DATA);
        assertThat(plain.settings()).containsEntry("history", "0");
        assertThat(plain.protocol().preset()).isNull();
        assertThat(small().algorithm("lightgcn").set("epochs", 1).prepare().presetByDefault())
                .isFalse();
    }

    @Test
    void aPlainRecipeIsThePlainTraining() {
        TrainedModel trained = small().preset(null).set("epochs", 3).loss("bce").train(DATA);
        Model plain = ModelSpec.parse("bce(dimension=8,epochs=3)")
                .configured()
                .fit(DATA, FitContext.defaults())
                .model();
        assertThat(vectors(trained.model())).isEqualTo(vectors(plain));
        assertThat(trained.seed()).isEqualTo(42);
        assertThat(trained.name()).isEqualTo("bce");
    }

    @Test
    void retrainingTakesInTheValidationPart() {
        TrainedModel trained = small().set("epochs", 3)
                .validation(HoldOut.parse("0.2"))
                .retrain()
                .train(DATA);
        assertThat(trained.data().valid().size()).isPositive();
        assertThat(trained.fit().model().trained().size())
                .isLessThan(DATA.train().size());
        assertThat(trained.model().trained())
                .isEqualTo(trained.data().withValidInTrain().train());
        assertThat(trained.model().info().provenance().facts()).containsEntry("with_valid", true);
    }

    @Test
    void dataAreReadInOrderOnlyWhereTheRecipeNeedsIt() {
        assertThat(small().prepare().readOptions().keepOrder()).isFalse();
        assertThat(small().set("recency", 1).prepare().readOptions().keepOrder())
                .isTrue();
        assertThat(small().validation(HoldOut.parse("last"))
                        .prepare()
                        .readOptions()
                        .keepOrder())
                .isTrue();
    }

    @Test
    void anAlgorithmWithoutEpochsTakesTheSeedForTheDivision() {
        TrainedModel trained = new TrainingRecipe()
                .algorithm("popularity")
                .seed(7)
                .validation(HoldOut.parse("0.25"))
                .train(DATA);
        assertThat(trained.seed()).isEqualTo(7);
        assertThat(trained.iterative()).isFalse();
        assertThat(trained.data().train())
                .isEqualTo(DATA.holdOut(HoldOut.parse("0.25"), 7).train());
        assertThat(trained.model().info().provenance().facts()).containsEntry("seed", 7L);
    }

    static Stream<UnaryOperator<TrainingRecipe>> contradictions() {
        HoldOut tenth = HoldOut.parse("0.1");
        return Stream.of(
                r -> r.validation(tenth).withValid(),
                r -> r.retrain().paperProtocol(),
                r -> r.withValid().paperProtocol(),
                r -> r.retrain().teacher(Path.of("nowhere")),
                r -> r.loss("bce").set("loss", "bpr"),
                r -> r.set("temprature", 1),
                r -> r.algorithm("ease").loss("bce"),
                r -> r.algorithm("ease").teacher(Path.of("nowhere")),
                r -> r.algorithm("ease").needsEpochs("information"),
                r -> r.algorithm("popularity").preset(new AutoPreset()),
                r -> r.effort(Effort.NORMAL).set("temperature", 0.2),
                r -> r.effort(Effort.NORMAL).preset(new AutoPreset()),
                r -> r.effort(Effort.THOROUGH).algorithm("ease"),
                r -> r.algorithm("easy"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void contradictionsAreRefusedBeforeThereAreData(UnaryOperator<TrainingRecipe> change) {
        assertThatThrownBy(() -> change.apply(new TrainingRecipe()).prepare()).isInstanceOf(InputException.class);
    }

    @Test
    void retrainingNeedsSomethingToChooseOn() {
        assertThatThrownBy(() -> small().retrain().train(DATA.withValidInTrain()))
                .hasMessageContaining("validation 0.1");
    }

    @Test
    void aPresetForAnotherLossIsRefused() {
        Preset auto = new AutoPreset();
        assertThatThrownBy(() -> small().loss("bce").preset(auto).prepare()).hasMessageContaining("none for bce");
    }

    private static FitListener noting(List<String> notes) {
        return new FitListener() {
            @Override
            public void note(String line) {
                notes.add(line);
            }
        };
    }

    private static float[] vectors(Model model) {
        return model.require(VectorModel.class).itemVectors().values();
    }
}
