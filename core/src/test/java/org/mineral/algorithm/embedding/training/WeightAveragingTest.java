package org.mineral.algorithm.embedding.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.encoder.RowSet;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;

class WeightAveragingTest {

    private static final int ROWS = 700;
    private static final int D = 5;
    private static final Kernels KERNELS = KernelProvider.best();

    /** 10 steps an epoch: the vectors after steps 3, 5, 8 and 10 are taken, the others are not. */
    @ParameterizedTest
    @CsvSource({"false, 0.4", "true, 0.4", "false, 50", "true, 50"})
    void fourTimesAnEpochTheMeanMovesTowardsWhatIsScored(boolean cosine, double epochs) {
        TrainOptions options = TrainOptions.defaults().with("optimizer", "sgd");
        Objective objective = Objective.of(Losses.minePlus(1.2), options.with("similarity", cosine ? "cosine" : "dot"));
        Encoder items = Encoders.plainItems(SpectralInit.random(ROWS, D, 1, 1), objective, options, KERNELS);
        Encoder users = Encoders.plainUsers(SpectralInit.random(2, D, 1, 2), objective, options, KERNELS);
        double[] expected = new double[D];
        int row = 600;
        int taken = 0;
        SplittableRandom random = new SplittableRandom(3);
        Matrix[] result;
        try (Workers workers = new Workers(2)) {
            WeightAveraging averaging = new WeightAveraging(users, items, List.of(), epochs, workers);
            for (int step = 0; step < 20; step++) {
                for (int r = 0; r < ROWS; r++) {
                    float[] gradient = new float[items.vectors().stride()];
                    for (int k = 0; k < D; k++) {
                        gradient[k] = (float) (random.nextDouble() - 0.5);
                    }
                    items.backward(RowSet.of(r, 1), gradient, StepContext.ofRate(1));
                }
                averaging.after(step % 10, 10);
                if (step % 10 == 2 || step % 10 == 4 || step % 10 == 7 || step % 10 == 9) {
                    taken++;
                    double weight = Math.max(1.0 / taken, 1 - Math.exp(-1 / (4 * epochs)));
                    for (int k = 0; k < D; k++) {
                        expected[k] += weight * (items.vectors().get(row, k) - expected[k]);
                    }
                }
            }
            result = averaging.weights();
        }
        double norm = cosine ? Math.sqrt(square(expected)) : 1;
        for (int k = 0; k < D; k++) {
            assertThat((double) result[1].get(row, k)).isCloseTo(expected[k] / norm, Offset.offset(1e-5));
        }
        assertThat(result[0].row(1)).containsExactly(users.snapshot().row(1), Offset.offset(1e-6f));
    }

    @Test
    void theModelThatIsJudgedAfterAnEpochIsTheAverageToo() {
        FactorModel[] judged = new FactorModel[1];
        FactorModel end = new EmbeddingTrainer(
                        Losses.minePlus(1.2),
                        PlantedFactors.OPTIONS.withEpochs(2).with("averaging", 1.0))
                .listener(new FitListener() {
                    @Override
                    public void model(int epoch, Supplier<? extends Model> model) {
                        judged[0] = (FactorModel) model.get();
                    }
                })
                .fit(PlantedFactors.NO_VALID);
        assertThat(end.userFactors().values()).isEqualTo(judged[0].userFactors().values());
        assertThat(end.itemFactors().values()).isEqualTo(judged[0].itemFactors().values());
    }

    private static double square(double[] vector) {
        double sum = 0;
        for (double x : vector) {
            sum += x * x;
        }
        return sum;
    }
}
