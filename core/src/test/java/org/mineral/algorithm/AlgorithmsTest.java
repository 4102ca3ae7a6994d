package org.mineral.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.model.Explainable;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.PopularityModel;
import org.mineral.model.VectorModel;

class AlgorithmsTest {

    private static final Dataset DATA =
            SyntheticData.generate("builtin:tastes:users=120,items=80").data();
    private static final FitContext CONTEXT = FitContext.defaults().withThreads(2);

    static List<String> names() {
        return Algorithms.names();
    }

    @Test
    void namesAreInAlphabeticalOrder() {
        assertThat(names()).isSorted().contains("lightgcn", "mf", "planted", "popularity");
    }

    @ParameterizedTest
    @MethodSource("names")
    void effectiveSettingsAreReadBackTheSame(String name) {
        ConfiguredAlgorithm<?> defaults = ModelSpec.of(name).configured();
        assertThat(new ModelSpec(name, defaults.describe()).configured().describe())
                .isEqualTo(defaults.describe());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySettingIsDescribedWithItsDefault(String name) {
        ConfiguredAlgorithm<?> defaults = ModelSpec.of(name).configured();
        List<Config.Description> parameters = Algorithms.of(name).parameters(Map.of());
        assertThat(parameters)
                .extracting(Config.Description::name)
                .containsExactlyElementsOf(defaults.describe().keySet());
        for (Config.Description parameter : parameters) {
            if (!parameter.fallback().equals("auto")) {
                assertThat(defaults.describe()).containsEntry(parameter.name(), parameter.fallback());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void anUnknownSettingIsRefused(String name) {
        assertThatThrownBy(() -> ModelSpec.of(name).with("no_such_setting", "1").configured())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no_such_setting");
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> Algorithms.of("lightgnc"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'lightgcn'");
    }

    @Test
    void factorisationIsWhatTheTrainerTrains() {
        ConfiguredAlgorithm<?> mf =
                ModelSpec.parse("mf(loss=bpr,epochs=2,dimension=8)").configured();
        FactorModel model = (FactorModel) mf.fit(DATA, CONTEXT).model();
        org.mineral.algorithm.embedding.options.EmbeddingSettings settings =
                org.mineral.algorithm.embedding.options.EmbeddingSettings.of(
                        mf.spec().settings());
        FactorModel same = new EmbeddingTrainer(settings.loss(), settings.options())
                .threads(2)
                .fit(DATA);
        assertThat(model.userFactors().values()).isEqualTo(same.userFactors().values());
        assertThat(model.info()).isEqualTo(same.info());
        assertThat(mf.plan(DATA, CONTEXT).epochs()).isEqualTo(2);
    }

    @Test
    void theKindsOfEmbeddingsDifferInTheirDefaults() {
        assertThat(ModelSpec.parse("lightgcn").configured().describe()).containsEntry("layers", "2");
        assertThat(ModelSpec.parse("lightgcn(layers=3)").configured().describe())
                .containsEntry("layers", "3");
        assertThat(ModelSpec.parse("mf").configured().describe()).containsEntry("layers", "0");
    }

    @Test
    void aLossSaysItsFormulaAndWhatItHasNoUseFor() {
        ConfiguredAlgorithm<?> mse = ModelSpec.parse("mse").configured();
        assertThat(mse.formula()).isNotEmpty();
        assertThat(mse.source()).isNotEqualTo(Algorithms.of("mf").source());
        assertThat(Algorithms.of("mf")
                        .unused(Map.of("loss", "mse", "lambda", "1.1", "temperature", "0.1", "epochs", "3")))
                .containsOnlyKeys("lambda", "temperature");
    }

    @Test
    void popularityCounts() {
        Model model = ModelSpec.of("popularity").configured().fit(DATA, CONTEXT).model();
        assertThat(model).isInstanceOf(PopularityModel.class);
        assertThat(model.scores(0)[3]).isEqualTo(DATA.train().itemCounts()[3]);
        assertThat(model.info().provenance().facts()).containsEntry("data_hash", DATA.hash());
    }

    @Test
    void thePlantedTruthScoresAsTheDataWereDrawn() {
        String source = "builtin:tastes:users=120,items=80";
        SyntheticData tastes = SyntheticData.generate(source);
        Model model = ModelSpec.of("planted")
                .with("source", source)
                .configured()
                .fit(tastes.data(), CONTEXT)
                .model();
        float[] truth = tastes.truth().scores(7);
        float[] scores = model.scores(7);
        for (int i = 0; i < truth.length; i++) {
            assertThat(scores[i]).isCloseTo(truth[i], org.assertj.core.data.Offset.offset(1e-4f));
        }
        assertThat(Algorithms.name(model.info())).isEqualTo("planted");
    }

    @Test
    void nobodyKnowsTheTruthOfOtherData() {
        ConfiguredAlgorithm<?> planted = ModelSpec.of("planted").configured();
        Dataset other = Dataset.of("mine.csv", DATA.train(), DATA.valid(), DATA.test());
        assertThatThrownBy(() -> planted.fit(other, CONTEXT)).hasMessageContaining("mine.csv");
        assertThatThrownBy(
                        () -> planted.with(Map.of("source", "builtin:tastes")).fit(DATA, CONTEXT))
                .isInstanceOf(InputException.class);
    }

    @Test
    void aTeacherIsRefusedByThoseWhoCannotLearn() {
        Model teacher =
                ModelSpec.of("popularity").configured().fit(DATA, CONTEXT).model();
        for (String name : List.of("popularity", "planted", "ease")) {
            assertThatThrownBy(() -> ModelSpec.of(name).configured().fit(DATA, CONTEXT.withTeacher(teacher)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("teacher");
        }
        ConfiguredAlgorithm<?> student = ModelSpec.of("mf").configured().with(Map.of("epochs", "1"));
        assertThat(student.fit(DATA, CONTEXT.withTeacher(teacher))
                        .model()
                        .info()
                        .provenance()
                        .facts())
                .containsKey("teacher");
    }

    @Test
    void missingCapabilitiesAreRefusedWithTheModelsThatHaveThem() {
        Model model = ModelSpec.of("popularity").configured().fit(DATA, CONTEXT).model();
        assertThat(model.require(PopularityModel.class)).isSameAs(model);
        assertThatThrownBy(() -> model.require(VectorModel.class))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lightgcn, mf, ")
                .hasMessageContaining("planted");
        assertThatThrownBy(() -> model.require(Explainable.class))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ease")
                .hasMessageContaining("rp3beta");
    }
}
