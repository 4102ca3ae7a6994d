package org.mineral.algorithm.embedding.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.plan.TrainingPlan;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;
import org.mineral.model.TestModels;
import org.mineral.model.provenance.DataProvenance;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.rank.Ranking;

class DistillationTest {

    private static final TrainOptions OPTIONS =
            PlantedFactors.OPTIONS.withEpochs(8).withTemperature(0.2);
    private static final FactorModel TEACHER = PlantedFactors.train("mine+", OPTIONS);

    /** Scores 5, 4, 3, 2, 1 for everybody; users took 1 and 3, nothing, and all but item 0. */
    @Test
    void theTopOfTheTeachersListIsAddedToTheRow() {
        Interactions rows = Interactions.of(5, new int[] {1, 3}, new int[0], new int[] {1, 2, 3, 4});
        FactorModel teacher = constant(rows, 5, 4, 3, 2, 1);
        Targets taught = taught(Targets.of(rows, OPTIONS), teacher, 2, 0.25);
        assertThat(taught.rows().row(0)).containsExactly(0, 1, 2, 3);
        assertThat(taught.rows().row(1)).isEmpty();
        assertThat(taught.rows().row(2)).containsExactly(0, 1, 2, 3, 4);
        // 2 + 2 / 4 in all, scaled to a mean of 1 over four; 4 + 1 / 4 over five.
        float own = 4 / 2.5f;
        assertThat(counts(taught, 0)).containsExactly(own / 4, own, own / 4, own);
        float all = 5 / 4.25f;
        assertThat(counts(taught, 2)).containsExactly(all / 4, all, all, all, all);
    }

    @Test
    void interactionsThatWeighDifferentlyKeepTheirProportions() {
        Interactions rows = Interactions.of(4, new int[] {0, 2});
        Targets taught =
                taught(Targets.of(rows, new float[] {0.5f, 1.5f}, OPTIONS), constant(rows, 1, 2, 3, 4), 1, 0.5);
        assertThat(taught.rows().row(0)).containsExactly(0, 2, 3);
        float scale = 3 / 2.5f;
        assertThat(counts(taught, 0))
                .containsExactly(new float[] {0.5f * scale, 1.5f * scale, 0.5f * scale}, within(1e-6f));
    }

    /** The planted data have eight tastes: four dimensions are too few for them, sixteen are not. */
    @Test
    void aNarrowStudentComesNearerToAWideTeacher() {
        TrainOptions narrow = OPTIONS.with("dimension", 8);
        FactorModel alone = PlantedFactors.train("mine+", narrow);
        FactorModel student = train(narrow.with("teacher_weight", 1), TEACHER);
        assertThat(shared(student)).isGreaterThan(shared(alone) + 0.05);
        assertThat(student.dimension()).isEqualTo(8);
        assertThat(student.trained()).isEqualTo(PlantedFactors.NO_VALID.train());
        assertThat(student.info().config()).containsEntry("teacher_items", "10");
        assertThat(student.info().provenance().trainer().teacher())
                .isEqualTo(TEACHER.info().config());
        assertThat(alone.info().config()).containsEntry("teacher_items", "0");
    }

    /** Before any epoch a student is the teacher's nearest model of its dimension; one wider than its teacher starts from the data. */
    @Test
    void aStudentBeginsAsTheTeachersNearestModel() {
        TrainOptions untrained = OPTIONS.withEpochs(0).with("similarity", "dot");
        TrainOptions half = untrained.with("dimension", 8);
        assertThat(shared(train(half, TEACHER))).isGreaterThan(shared(PlantedFactors.train("mine+", half)) + 0.1);
        assertThat(shared(train(untrained, TEACHER))).isGreaterThan(0.9);
        TrainOptions wider = untrained.with("dimension", 24);
        assertThat(train(wider, TEACHER).itemFactors().values())
                .isEqualTo(PlantedFactors.train("mine+", wider).itemFactors().values());
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        EmbeddingTrainer trainer = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS.withEpochs(2)).teacher(TEACHER);
        assertThat(trainer.threads(1).fit(PlantedFactors.NO_VALID).userFactors().values())
                .isEqualTo(trainer.threads(3)
                        .fit(PlantedFactors.NO_VALID)
                        .userFactors()
                        .values());
    }

    @Test
    void thePlanCountsTheTeacher() {
        EmbeddingTrainer alone = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS.withEpochs(1));
        TrainingPlan plan = alone.plan(PlantedFactors.NO_VALID);
        TrainingPlan taught = alone.teacher(TEACHER).plan(PlantedFactors.NO_VALID);
        assertThat(taught.bytesEstimate()).isGreaterThan(plan.bytesEstimate());
    }

    @Test
    void lessonsWantATeacherOfTheSameData() {
        assertThatThrownBy(() -> PlantedFactors.train("mine+", OPTIONS.with("teacher_items", 5)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("teacher_items=5 without a teacher")
                .hasMessageContaining("give a teacher");
        EmbeddingTrainer student = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS).teacher(TEACHER);
        assertThatThrownBy(() -> student.fit(PlantedFactors.NO_VALID.holdOut(0.1, 3)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the teacher was trained on")
                .hasMessageContaining("the same data and validation part");
    }

    /** From other software: no provenance, ids in an order of its own, no item that only the test part has. */
    @Test
    void aTeacherFromElsewhereIsKnownByItsInteractions() {
        List<String> users = reversed(TEACHER.users().ids());
        List<String> items = reversed(TEACHER.items().ids());
        FactorModel turned = TEACHER.in(IdMap.of(users), IdMap.of(items));
        FactorModel elsewhere = new FactorModel(
                turned.userFactors(),
                turned.itemFactors(),
                turned.users(),
                turned.items(),
                turned.trained(),
                ModelInfo.of(
                        FactorModel.NAME,
                        Map.of(),
                        Provenance.NONE.with(DataProvenance.NONE.withHash("of an older kind"))));
        TrainOptions once = OPTIONS.withEpochs(1);
        assertThat(train(once, elsewhere).itemFactors().values())
                .isEqualTo(train(once, TEACHER).itemFactors().values());
    }

    @Test
    void aTeacherThatHasSeenTheValidationPartIsRefused() {
        FactorModel both = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS.withEpochs(1))
                .fit(PlantedFactors.DATA.withValidInTrain());
        assertThatThrownBy(() -> new EmbeddingTrainer(Losses.of("mine+"), OPTIONS)
                        .teacher(both)
                        .fit(PlantedFactors.DATA))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the teacher was trained on");
    }

    private static List<String> reversed(List<String> ids) {
        List<String> reversed = new ArrayList<>(ids);
        Collections.reverse(reversed);
        return reversed;
    }

    private static FactorModel train(TrainOptions options, FactorModel teacher) {
        return new EmbeddingTrainer(Losses.of("mine+"), options)
                .teacher(teacher)
                .fit(PlantedFactors.NO_VALID);
    }

    /** Mean share of the teacher's first ten that are among this model's first ten. */
    private static double shared(FactorModel model) {
        int[] users = IntStream.range(0, model.known().users()).toArray();
        try (Workers workers = new Workers(1)) {
            List<Ranking> theirs = TEACHER.rank(users, 10, TEACHER.known(), workers);
            List<Ranking> ours = model.rank(users, 10, TEACHER.known(), workers);
            return IntStream.of(users)
                            .mapToLong(u -> Arrays.stream(ours.get(u).items())
                                    .filter(i ->
                                            Arrays.stream(theirs.get(u).items()).anyMatch(j -> i == j))
                                    .count())
                            .average()
                            .orElseThrow()
                    / 10;
        }
    }

    private static Targets taught(Targets own, FactorModel teacher, int items, double weight) {
        try (Workers workers = new Workers(2)) {
            return Distillation.taught(own, teacher, items, weight, workers);
        }
    }

    private static float[] counts(Targets taught, int user) {
        Interactions rows = taught.rows();
        float[] counts = Arrays.copyOfRange(taught.counts(), rows.begin(user), rows.end(user));
        double sum = 0;
        for (float count : counts) {
            sum += count;
        }
        assertThat(sum).isCloseTo(counts.length, within(1e-5));
        return counts;
    }

    /** A model of one dimension that scores the items so for everybody. */
    private static FactorModel constant(Interactions seen, float... scores) {
        Matrix users = new Matrix(seen.users(), 1);
        Matrix items = new Matrix(scores.length, 1);
        for (int u = 0; u < seen.users(); u++) {
            users.set(u, 0, 1);
        }
        for (int i = 0; i < scores.length; i++) {
            items.set(i, 0, scores[i]);
        }
        return TestModels.model(users, items, seen, TEACHER.info());
    }
}
