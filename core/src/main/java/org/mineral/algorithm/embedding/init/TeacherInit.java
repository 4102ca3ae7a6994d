package org.mineral.algorithm.embedding.init;

import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.LowRank;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.VectorModel;

/**
 * Initial embeddings of a student: the d leading singular vectors of the teacher's scores, the best approximation of rank d.
 */
public record TeacherInit(VectorModel teacher) implements Initializer {

    /** Whether the teacher has at least as many dimensions as the student; missing ones would stay zero. */
    public static boolean fits(VectorModel teacher, TrainOptions options) {
        return options.run().start() == TrainOptions.Start.SPECTRAL
                && own(teacher, options) >= options.encoder().dimension() - biases(options);
    }

    /** Biases, in the last column, are 0. */
    @Override
    public Matrix[] parameters(Interactions train, TrainOptions options, Workers workers, Kernels kernels) {
        int width = own(teacher, options);
        Matrix[] nearest = LowRank.of(
                columns(teacher.userVectors(), width),
                columns(teacher.itemVectors(), width),
                options.encoder().dimension() - biases(options),
                workers);
        return new Matrix[] {
            SpectralInit.finish(
                    nearest[0], options.encoder().dimension(), options.run().seed() + 1),
            SpectralInit.finish(
                    nearest[1], options.encoder().dimension(), options.run().seed() + 2)
        };
    }

    /** A student with biases learns them; without, the teacher's biases are part of its factors. */
    private static int own(VectorModel teacher, TrainOptions options) {
        boolean biased = options.encoder().itemBias()
                && TrainingInfo.options(teacher.info()).encoder().itemBias();
        return teacher.dimension() - (biased ? 1 : 0);
    }

    private static int biases(TrainOptions options) {
        return options.encoder().itemBias() ? 1 : 0;
    }

    private static Matrix columns(Matrix from, int width) {
        if (width == from.columns()) {
            return from;
        }
        Matrix result = new Matrix(from.rows(), width);
        for (int r = 0; r < from.rows(); r++) {
            System.arraycopy(from.values(), from.offset(r), result.values(), result.offset(r), width);
        }
        return result;
    }
}
