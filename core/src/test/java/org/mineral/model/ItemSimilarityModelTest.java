package org.mineral.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.rank.Ranking;
import org.mineral.model.similarity.ItemWeights;

public class ItemSimilarityModelTest {

    /** Row 0: what a adds; items a to e, nobody took e in training. */
    private static final ItemWeights WEIGHTS =
            new ItemWeights(5, new int[] {0, 2, 4, 6, 7, 7}, new int[] {1, 2, 0, 3, 1, 3, 0}, new float[] {
                0.5f, 0.25f, 0.5f, -0.125f, 0.25f, 2, 1
            });

    private static final IdMap USERS = IdMap.of(List.of("u", "v", "late", "none"));
    private static final IdMap ITEMS = IdMap.of(List.of("a", "b", "c", "d", "e"));
    private static final Interactions TRAINED =
            Interactions.of(5, new int[] {0, 1}, new int[] {2, 3}, new int[] {}, new int[] {});
    private static final Interactions KNOWN =
            Interactions.of(5, new int[] {0, 1, 2}, new int[] {2, 3}, new int[] {2, 4}, new int[] {4});
    private static final ModelInfo INFO = new ModelInfo("ease", Map.of("l2", "3.0"), Provenance.NONE);

    private final ItemSimilarityModel model = new ItemSimilarityModel(WEIGHTS, USERS, ITEMS, TRAINED, KNOWN, INFO);

    @TempDir
    Path temp;

    @Test
    void aUsersScoreIsTheSumOverTheirTrainingItems() {
        // NumPy: B[[0, 1]].sum(0) and B[[2, 3]].sum(0), B the matrix above
        assertThat(model.scores(0)).containsExactly(0.5f, 0.5f, 0.25f, -0.125f, 0);
        assertThat(model.scores(1)).containsExactly(1, 0.25f, 0, 2, 0);
    }

    @Test
    void aUserWithoutTrainingItemsIsScoredByOtherKnownItems() {
        assertThat(model.population().foldedIn(2)).isTrue();
        assertThat(model.scores(2)).containsExactly(0, 0.25f, 0, 2, 0);
        assertThat(model.scores(2)).isEqualTo(model.scores(History.of(2)));
        assertThat(model.population().hasUser(3)).isFalse();
        assertThatThrownBy(() -> model.recommend("none", 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no training interactions");
    }

    @Test
    void weightsOfAHistoryScaleItsTerms() {
        float[] scores = model.scores(History.of(new int[] {2, 0}, new double[] {2, 0.5}));
        assertThat(scores).containsExactly(0, 0.75f, 0.125f, 4, 0);
    }

    @Test
    void listsLeaveOutKnownItemsAndItemsWithoutUsers() {
        assertThat(model.recommend("u", 5)).containsExactly(new Model.Recommendation("d", -0.125));
        assertThat(model.rank(History.of(2), 9, 3, 3).items()).containsExactly(1, 0, 2);
        assertThat(model.rank(History.of(2), 9).items()).containsExactly(3, 1, 0, 2);
    }

    @Test
    void similarItemsAreTheLargestOfTheRow() {
        assertThat(model.similarItems("c", 9))
                .containsExactly(new Model.Recommendation("d", 2), new Model.Recommendation("b", 0.25));
        assertThat(model.similarItems("b", 9)).as("not what it pulls down").hasSize(1);
        assertThatThrownBy(() -> model.similarItems("e", 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no training interactions");
        assertThatThrownBy(() -> model.similarItems("f", 1)).isInstanceOf(InputException.class);
    }

    @Test
    void explanationsAreTheTermsOfTheSum() {
        Explainable.Contributions why = model.explain(0, 3);
        assertThat(why.items()).containsExactly(0, 1);
        assertThat(why.values()).containsExactly(0, -0.125);
        assertThat(why.rest()).isZero();
        assertThat(model.explain(History.of(new int[] {3, 2}, new double[] {3, 1}), 0)
                        .values())
                .containsExactly(3, 0);
    }

    @Test
    void itHasNoVectorsAndSaysWhichModelsHave() {
        assertThat(model.as(VectorModel.class)).isEmpty();
        assertThat(model.as(HistoryScorer.class)).isPresent();
        assertThatThrownBy(() -> model.require(VectorModel.class))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'ease' has no vectors of users and items")
                .hasMessageContaining("mf");
        Path place = temp.resolve("m");
        model.save(place);
        assertThatThrownBy(() -> Models.load(place, VectorModel.class))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(place + ": a model of the kind 'ease' has no vectors");
    }

    @Test
    void theSameInOtherIndices() {
        IdMap users = IdMap.of(List.of("new", "v", "u"));
        IdMap items = IdMap.of(List.of("e", "d", "c", "x", "b", "a"));
        ItemSimilarityModel moved = model.in(users, items);
        assertThat(moved.scores(2)).containsExactly(0, -0.125f, 0.25f, 0, 0.5f, 0.5f);
        assertThat(moved.scores(0)).containsOnly(0);
        assertThat(moved.known().row(2)).containsExactly(2, 4, 5);
        assertThat(model.in(USERS, ITEMS)).isSameAs(model);
    }

    @Test
    void ranksForAnyNumberOfThreadsAreThoseOfOne() {
        Random random = new Random(5);
        ItemWeights weights = random(60, random);
        Interactions seen = TestModels.interactions(40, 60, 0.1, random);
        ItemSimilarityModel large =
                new ItemSimilarityModel(weights, IdMap.numbered(40), IdMap.numbered(60), seen, INFO);
        int[] users = random.ints(100, 0, 40).toArray();
        try (Workers one = new Workers(1);
                Workers four = new Workers(4)) {
            List<Ranking> alone = large.rank(users, 7, seen, one);
            List<Ranking> shared = large.rank(users, 7, seen, four);
            for (int k = 0; k < users.length; k++) {
                assertThat(shared.get(k).items()).isEqualTo(alone.get(k).items());
                assertThat(shared.get(k).scores()).isEqualTo(alone.get(k).scores());
                float[] scores = large.scores(users[k]);
                assertThat(alone.get(k).scores()[0])
                        .isEqualTo(scores[alone.get(k).items()[0]]);
            }
        }
    }

    @Test
    void savedAndLoadedItIsTheSame() throws IOException {
        model.save(temp.resolve("m"));
        ItemSimilarityModel loaded = (ItemSimilarityModel) Models.load(temp.resolve("m"));
        assertThat(loaded.name()).isEqualTo("ease");
        assertThat(loaded.info().config()).containsEntry("l2", "3.0");
        assertThat(loaded.weights().offsets()).isEqualTo(WEIGHTS.offsets());
        assertThat(loaded.weights().columns()).isEqualTo(WEIGHTS.columns());
        assertThat(loaded.weights().values()).isEqualTo(WEIGHTS.values());
        assertThat(loaded.population()).isEqualTo(model.population());
        assertThat(Files.readString(temp.resolve("m/model.json"))).contains("item-similarity");
    }

    @Test
    void weightsThatAreNoMatrixAreRefused() {
        int[] offsets = {0, 1, 2};
        float[] values = {1, 1};
        List<Runnable> bad = new ArrayList<>();
        bad.add(() -> new ItemWeights(2, new int[] {0, 1}, new int[] {1, 0}, values));
        bad.add(() -> new ItemWeights(2, new int[] {1, 1, 2}, new int[] {1, 0}, values));
        bad.add(() -> new ItemWeights(2, new int[] {0, 3, 2}, new int[] {1, 0}, values));
        bad.add(() -> new ItemWeights(2, new int[] {0, -1, 2}, new int[] {1, 0}, values));
        bad.add(() -> new ItemWeights(2, offsets, new int[] {1, 0, 0}, values));
        bad.add(() -> new ItemWeights(2, offsets, new int[] {1, 0}, new float[] {1}));
        bad.add(() -> new ItemWeights(2, offsets, new int[] {0, 0}, values));
        bad.add(() -> new ItemWeights(2, offsets, new int[] {2, 0}, values));
        bad.add(() -> new ItemWeights(2, offsets, new int[] {-1, 0}, values));
        bad.add(() -> new ItemWeights(3, new int[] {0, 2, 2, 2}, new int[] {2, 1}, values));
        bad.add(() -> new ItemWeights(3, new int[] {0, 2, 2, 2}, new int[] {1, 1}, values));
        bad.add(() -> new ItemWeights(2, offsets, new int[] {1, 0}, new float[] {1, Float.NaN}));
        bad.add(() -> new ItemWeights(2, offsets, new int[] {1, 0}, new float[] {Float.NEGATIVE_INFINITY, 1}));
        bad.forEach(make ->
                assertThatThrownBy(make::run).isInstanceOf(InputException.class).hasMessageContaining("item weights"));
        assertThatThrownBy(() -> new ItemSimilarityModel(
                        new ItemWeights(2, offsets, new int[] {1, 0}, values), USERS, ITEMS, TRAINED, INFO))
                .isInstanceOf(InputException.class);
    }

    @Test
    void interactionsOfOtherUsersOrItemsAreRefused() {
        Interactions moreUsers = Interactions.empty(5, 5);
        Interactions fewerItems = Interactions.empty(4, 4);
        for (Interactions other : List.of(moreUsers, fewerItems)) {
            assertThatThrownBy(() -> new ItemSimilarityModel(WEIGHTS, USERS, ITEMS, other, KNOWN, INFO))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("for 4 users and 5 items");
            assertThatThrownBy(() -> new ItemSimilarityModel(WEIGHTS, USERS, ITEMS, TRAINED, other, INFO))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("for 4 users and 5 items");
        }
    }

    @Test
    void contributionsAddUpToTheScore() {
        Random random = new Random(8);
        ItemWeights weights = random(30, random);
        Interactions seen = TestModels.interactions(10, 30, 0.2, random);
        ItemSimilarityModel large =
                new ItemSimilarityModel(weights, IdMap.numbered(10), IdMap.numbered(30), seen, INFO);
        for (int u = 0; u < 10; u++) {
            for (int i = 0; i < 30; i++) {
                assertThat(large.explain(u, i).score()).isCloseTo(large.scores(u)[i], within(1e-5));
            }
        }
    }

    public static ItemWeights random(int items, Random random) {
        int[] offsets = new int[items + 1];
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            for (int j = 0; j < items; j++) {
                if (i != j && random.nextInt(3) == 0) {
                    columns.add(j);
                }
            }
            offsets[i + 1] = columns.size();
        }
        float[] values = new float[columns.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return new ItemWeights(items, offsets, columns.stream().mapToInt(i -> i).toArray(), values);
    }
}
