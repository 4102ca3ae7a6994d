package org.mineral.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.config.InputException;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.read.Datasets;
import org.mineral.model.Model;
import org.mineral.model.Models;

/** Models without epochs take in new interactions as if they had been trained on all. */
class RefitTest {

    private static final int USERS = 150;
    private static final int ITEMS = 80;
    private static final int OLD_USERS = 130;
    private static final int OLD_ITEMS = 70;
    private static final Dataset ALL = attributed(Datasets.read("builtin:tastes:users=" + USERS + ",items=" + ITEMS));

    @TempDir
    private Path directory;

    /** Item i has attributes i modulo 7 and modulo 11. */
    private static Dataset attributed(Dataset data) {
        Interactions x = Interactions.of(
                18,
                IntStream.range(0, ITEMS)
                        .mapToObj(i -> new int[] {i % 7, 7 + i % 11})
                        .toArray(int[][]::new));
        return data.withAttributes(
                Attributes.none(data.users().size()), new Attributes(SparseMatrix.ofOnes(x), IdMap.numbered(18)));
    }

    static List<String> names() {
        return Algorithms.all().stream()
                .filter(a -> a instanceof NonIterativeAlgorithm && a.learns())
                .map(Algorithm::name)
                .toList();
    }

    /** Every third interaction of the first users and items, and in its validation part another third. */
    private static Dataset before() {
        Dataset old = part(u -> u < OLD_USERS, i -> i < OLD_ITEMS);
        return Dataset.of(
                        "before",
                        old.users(),
                        old.items(),
                        third(old.train(), 0),
                        third(old.train(), 1),
                        Interactions.empty(OLD_USERS, OLD_ITEMS))
                .withAttributes(old.userAttributes(), old.itemAttributes());
    }

    private static Interactions third(Interactions all, int rest) {
        return all.select(k -> k % 3 == rest);
    }

    private static Dataset part(IntPredicate users, IntPredicate items) {
        IdMap ownUsers = IdMap.of(IntStream.range(0, USERS)
                .filter(users)
                .mapToObj(ALL.users()::id)
                .toList());
        IdMap ownItems = IdMap.of(IntStream.range(0, ITEMS)
                .filter(items)
                .mapToObj(ALL.items()::id)
                .toList());
        Interactions train = ALL.train()
                .moved(
                        ALL.users().indicesIn(ownUsers),
                        ALL.items().indicesIn(ownItems),
                        ownUsers.size(),
                        ownItems.size());
        Interactions none = Interactions.empty(ownUsers.size(), ownItems.size());
        return Dataset.of("part", ownUsers, ownItems, train, none, none)
                .withAttributes(
                        Attributes.none(ownUsers.size()), ALL.itemAttributes().of(ALL.items(), ownItems));
    }

    private static Updatable updatable(String name, Dataset data) {
        return fit(name, data).require(Updatable.class);
    }

    private static Model fit(String name, Dataset data) {
        return ModelSpec.parse(name)
                .configured()
                .withKnown(Map.of("dimension", "8"))
                .fit(data, FitContext.defaults().withThreads(2))
                .model();
    }

    @ParameterizedTest
    @MethodSource("names")
    void anUpdateIsTrainingOnAll(String name) {
        Dataset before = before();
        Model old = fit(name, before);
        old.save(directory.resolve("old"));
        Updated<?> updated =
                Models.load(directory.resolve("old"), Updatable.class).update(ALL, Map.of(), 2, FitListener.NONE);
        assertThat(updated.newUsers()).isEqualTo(USERS - OLD_USERS);
        assertThat(updated.newItems()).isEqualTo(ITEMS - OLD_ITEMS);
        assertThat(updated.newPairs())
                .isEqualTo(ALL.train().size() - before.seen().size());
        assertThat(updated.training()).isNotNull();

        Model model = updated.model();
        assertThat(model.known().size()).isEqualTo(ALL.seen().size());
        assertThat(model.info().provenance().update().interactions()).isEqualTo(updated.newPairs());
        assertThat(Algorithms.name(model.info())).isEqualTo(name);
        AlignedDataset all = ALL.aligned(model.users(), model.items());
        assertThat(model.trained()).isEqualTo(all.train());
        Interactions none = Interactions.empty(USERS, ITEMS);
        Dataset same = Dataset.of("same", model.users(), model.items(), all.train(), all.valid(), none)
                .withAttributes(Attributes.none(USERS), old.itemAttributes().of(old.items(), model.items()));
        Model whole = fit(name, same);
        for (int user = 0; user < USERS; user++) {
            assertThat(model.scores(user)).isEqualTo(whole.scores(user));
        }
        assertThat(Arrays.equals(model.scores(0), Arrays.copyOf(old.scores(0), ITEMS)))
                .isFalse();
        model.save(directory.resolve("new"));
        assertThat(Models.load(directory.resolve("new")).recommend(ALL.users().id(USERS - 1), 5))
                .hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsKnownIsNothingNew(String name) {
        Dataset before = before();
        Model model = fit(name, before);
        Updated<?> updated = model.require(Updatable.class).update(before, Map.of(), 1, FitListener.NONE);
        assertThat(updated.newPairs()).isZero();
        assertThat(updated.training()).isNull();
        assertThat(updated.model()).isSameAs(model);
    }

    @Test
    void itsSettingsAreThoseOfTheModel() {
        Dataset before = before();
        Model model = updatable("ease(l2=7,neighbours=3)", before)
                .update(ALL, Map.of(), 1, FitListener.NONE)
                .model();
        assertThat(model.info().config()).containsEntry("neighbours", "3");
        assertThat(Double.parseDouble(model.info().config().get("l2"))).isEqualTo(7);
        assertThatThrownBy(() -> updatable("ease", before).update(ALL, Map.of("epochs", "3"), 1, FitListener.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'epochs'")
                .hasMessageContaining("ease");
    }

    /** A model of ratings cannot be computed again without them. */
    @Test
    void aModelOfRatingsIsRefused() throws IOException {
        Path file = directory.resolve("ratings.csv");
        StringBuilder rows = new StringBuilder("user,item,rating\n");
        for (int k = 0; k < 60; k++) {
            rows.append("u")
                    .append(k % 9)
                    .append(",i")
                    .append(k * 7 % 11)
                    .append(',')
                    .append(1 + k % 5)
                    .append('\n');
        }
        Files.writeString(file, rows);
        Dataset data = Datasets.read(file.toString());
        for (String name : List.of("ease", "ials", "item-knn")) {
            assertThatThrownBy(() ->
                            updatable(name + "(rating_power=0.5)", data).update(ALL, Map.of(), 1, FitListener.NONE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("rating_power");
        }
    }
}
