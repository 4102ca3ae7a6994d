package org.mineral.algorithm.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.SparseMatrix;
import org.mineral.data.Split;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Explainable;
import org.mineral.model.FactorModel;
import org.mineral.model.History;
import org.mineral.model.Model;
import org.mineral.model.Models;

/** What a factor model keeps of attributes: vectors of items and users that come later, explanations, files. */
class AttributeScorerTest {

    private static final SyntheticData TASTES = SyntheticData.generate("builtin:tastes:users=200,items=90,activity=15");
    private static final Dataset PLAIN = TASTES.data().split(Split.parse("cold-item:0.8:0:0.2", 3));
    private static final Dataset DATA = PLAIN.withAttributes(
            PlantedSigns.of(TASTES.truth().users()),
            PlantedSigns.of(TASTES.truth().items()));
    private static final int COLD = IntStream.range(0, 90)
            .filter(i -> PLAIN.train().itemCounts()[i] == 0)
            .findFirst()
            .orElseThrow();
    private static final String MF = "mf(dimension=16,epochs=4,learning_rate=0.03)";
    private static final FactorModel MODEL = fit(MF);

    private static FactorModel fit(String spec) {
        return (FactorModel) ModelSpec.parse(spec)
                .configured()
                .fit(DATA, FitContext.defaults().withThreads(2))
                .model();
    }

    private static SparseMatrix row(Attributes attributes, int row) {
        return attributes.x().rows(new int[] {row});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MF,
                "mf(loss=bpr,dimension=16,epochs=3)",
                "mf(dimension=16,epochs=3,item_bias=true)",
                "mf(dimension=16,epochs=3,history=1,attribute_weight=1)",
                "lightgcn(dimension=16,epochs=2)"
            })
    void anItemThatComesLaterHasTheVectorThatTrainingGivesOneLikeIt(String spec) {
        FactorModel model = fit(spec);
        Model more = model.require(AttributeScorer.class).withItems(List.of("new"), row(DATA.itemAttributes(), COLD));
        assertThat(more.items().id(90)).isEqualTo("new");
        assertThat(more.population().hasItem(90)).isTrue();
        float[] expected = model.itemVectors().row(COLD);
        float[] found = ((FactorModel) more).itemVectors().row(90);
        for (int k = 0; k < expected.length; k++) {
            assertThat(found[k]).isCloseTo(expected[k], within(2e-5f * Math.max(1, Math.abs(expected[k]))));
        }
        // Nothing else has changed.
        assertThat(Arrays.copyOf(more.scores(7), 90)).isEqualTo(model.scores(7));
        assertThat(more.trained().row(7)).isEqualTo(model.trained().row(7));
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aUserWhoComesLaterIsScoredByTheirAttributes(boolean biased) {
        Dataset cold = TASTES.data()
                .split(Split.parse("cold-user:0.8:0:0.2", 3))
                .withAttributes(DATA.userAttributes(), DATA.itemAttributes());
        int user = IntStream.range(0, 200)
                .filter(u -> cold.train().count(u) == 0)
                .findFirst()
                .orElseThrow();
        FactorModel model = (FactorModel) ModelSpec.parse(MF)
                .with("item_bias", String.valueOf(biased))
                .configured()
                .fit(cold, FitContext.defaults())
                .model();
        AttributeScorer scorer = model.require(AttributeScorer.class);
        float[] expected = model.scores(user);
        float[] direct = scorer.scoresOfUser(row(cold.userAttributes(), user));
        Model more = scorer.withUsers(List.of("new"), row(cold.userAttributes(), user));
        for (int item = 0; item < expected.length; item++) {
            assertThat(direct[item]).isCloseTo(expected[item], within(1e-4f));
            assertThat(more.scores(200)[item]).isCloseTo(expected[item], within(1e-4f));
        }
        assertThat(more.ranksFor(200)).isTrue();
    }

    @Test
    void someoneWhoLikesAnItemsAttributesIsNearToIt() {
        float[] scores = MODEL.require(AttributeScorer.class).scoresOfItem(row(DATA.itemAttributes(), COLD));
        // Cosines: the item with exactly these attributes has 1.
        assertThat(scores[COLD]).isCloseTo(1, within(1e-4f));
    }

    @Test
    void whatNobodyTookTakesNewAttributesAndOthersStay() {
        AttributeScorer scorer = MODEL.require(AttributeScorer.class);
        int warm = MODEL.trained().columns()[0];
        int other = IntStream.range(0, 90)
                .filter(i -> i != COLD && PLAIN.train().itemCounts()[i] == 0)
                .findFirst()
                .orElseThrow();
        SparseMatrix rows = DATA.itemAttributes().x().rows(new int[] {other, other});
        FactorModel more = (FactorModel)
                scorer.withItems(List.of(DATA.items().id(COLD), DATA.items().id(warm)), rows);
        assertThat(more.items().size()).isEqualTo(90);
        assertThat(more.itemVectors().row(warm)).isEqualTo(MODEL.itemVectors().row(warm));
        for (int k = 0; k < 16; k++) {
            assertThat(more.itemVectors().get(COLD, k))
                    .isCloseTo(MODEL.itemVectors().get(other, k), within(2e-5f));
        }
        assertThat(more.itemAttributes().x().entries().row(COLD))
                .isEqualTo(DATA.itemAttributes().x().entries().row(other));
        // An item of which nothing is known is in no list.
        SparseMatrix nothing = DATA.itemAttributes().x().rows(new int[] {-1});
        assertThat(scorer.withItems(List.of("empty"), nothing).population().hasItem(90))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MF,
                "mf(loss=bpr,dimension=16,epochs=3)",
                "mf(dimension=16,epochs=3,item_bias=true,history=1)",
                "lightgcn(dimension=16,epochs=2)"
            })
    void contributionsOfAttributesAndItemsAddUpToTheScore(String spec) {
        FactorModel model = fit(spec);
        Explainable why = model.require(Explainable.class);
        for (int item : new int[] {COLD, model.trained().columns()[0], 11}) {
            for (int user : new int[] {0, 7, 31}) {
                Explainable.Contributions parts = why.explain(user, item);
                assertThat(parts.score()).isCloseTo(model.scores(user)[item], within(2e-4));
                assertThat(parts.attributes())
                        .filteredOn(part -> !part.ofUser())
                        .hasSize(DATA.itemAttributes().x().entries().count(item));
                assertThat(parts.attributes())
                        .filteredOn(Explainable.Contributions.OfAttribute::ofUser)
                        .hasSize(DATA.userAttributes().x().entries().count(user));
            }
        }
        Explainable.Contributions history = why.explain(History.of(3, 5), COLD);
        assertThat(history.attributes()).noneMatch(Explainable.Contributions.OfAttribute::ofUser);
    }

    @Test
    void anItemThatNobodyTookIsExplainedByItsAttributesAlone() {
        Explainable.Contributions parts = MODEL.require(Explainable.class).explain(7, COLD);
        assertThat(parts.attributes().stream()
                        .filter(part -> !part.ofUser())
                        .mapToDouble(Explainable.Contributions.OfAttribute::value)
                        .sum())
                .isCloseTo(MODEL.scores(7)[COLD], within(1e-4));
        assertThat(Arrays.stream(parts.values()).map(Math::abs).max().orElse(0)).isLessThan(1e-3);
    }

    @Test
    void aSavedModelTakesInTheSame(@TempDir Path directory) {
        MODEL.save(directory.resolve("m"));
        FactorModel loaded = Models.load(directory.resolve("m"), FactorModel.class);
        assertThat(loaded.itemAttributes().x()).isEqualTo(MODEL.itemAttributes().x());
        assertThat(loaded.userAttributes().names().ids())
                .isEqualTo(MODEL.userAttributes().names().ids());
        assertThat(loaded.userAttributes().fields())
                .isEqualTo(MODEL.userAttributes().fields());
        SparseMatrix cold = row(DATA.itemAttributes(), COLD);
        assertThat(loaded.require(AttributeScorer.class).scoresOfItem(cold))
                .isEqualTo(MODEL.require(AttributeScorer.class).scoresOfItem(cold));
        Model more = loaded.require(AttributeScorer.class).withItems(List.of("new"), cold);
        more.save(directory.resolve("more"));
        assertThat(Models.load(directory.resolve("more")).scores(3)).isEqualTo(more.scores(3));
        // In another order of users and items.
        IdMap items = IdMap.of(
                List.of("elsewhere", DATA.items().id(COLD), DATA.items().id(COLD + 1)));
        FactorModel moved = loaded.in(DATA.users(), items);
        assertThat(moved.itemAttributes().x().entries().row(1))
                .isEqualTo(cold.entries().row(0));
        assertThat(moved.require(AttributeScorer.class).scoresOfItem(cold)[1]).isCloseTo(1, within(1e-4f));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"list\"', '\"nonsense\"', role",
        "'\"list\"', '\"vector\"', two for scaled",
        "sign=1\\\", sign=0\\\", twice",
        "'\"sign=0\",', '', attributes",
        "'\"numbers\":[]', '\"numbers\":[\"x\"]', number",
        "'\"fields\"', '\"felds\"', ''"
    })
    void aDamagedVocabularyIsRefused(String from, String to, String reason, @TempDir Path directory)
            throws IOException {
        Path model = directory.resolve("m");
        MODEL.save(model);
        Path file = model.resolve("attributes.json");
        String text = Files.readString(file);
        String damaged = text.replace(from.replace("\\\"", "\""), to.replace("\\\"", "\""));
        assertThat(damaged).isNotEqualTo(text);
        Files.writeString(file, damaged);
        assertThatThrownBy(() -> Models.load(model)).isInstanceOf(InputException.class);
        // Whoever can write the directory can mend the checksums.
        Path head = model.resolve("model.json");
        String json = Files.readString(head);
        CRC32 before = new CRC32();
        before.update(text.getBytes(StandardCharsets.UTF_8));
        CRC32 after = new CRC32();
        after.update(damaged.getBytes(StandardCharsets.UTF_8));
        json = json.replace(String.format("%08x", before.getValue()), String.format("%08x", after.getValue()))
                .replace(
                        "\"bytes\": " + text.getBytes(StandardCharsets.UTF_8).length,
                        "\"bytes\": " + damaged.getBytes(StandardCharsets.UTF_8).length);
        Files.writeString(head, json);
        if (reason.isEmpty()) {
            // Names alone are a vocabulary as well.
            assertThat(Models.load(model).itemAttributes().columns())
                    .isEqualTo(DATA.itemAttributes().columns());
        } else {
            assertThatThrownBy(() -> Models.load(model))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void aModelWithoutAttributesSaysSo() {
        Model plain = ModelSpec.parse("mf(dimension=8,epochs=1)")
                .configured()
                .fit(PLAIN, FitContext.defaults())
                .model();
        assertThatThrownBy(() -> plain.require(AttributeScorer.class))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no scores by attributes")
                .hasMessageContaining("content-knn");
    }
}
