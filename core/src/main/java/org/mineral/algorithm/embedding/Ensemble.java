package org.mineral.algorithm.embedding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;
import org.mineral.model.VectorModel;
import org.mineral.model.provenance.EnsembleProvenance;

/**
 * Combines models of the same settings and different seeds into one whose score is the mean of theirs: the rows of N models are concatenated,
 * each times N^-1/2, so that unit rows give a unit row. Models with an item bias share one column of mean biases.
 *
 * <p>The result has plain factors of N times the width, with N times the memory and ranking time; compare it with models of dimension N d.
 */
public final class Ensemble {

    private Ensemble() {}

    /**
     * @param models two or more
     * @throws InputException if they differ in data or in settings other than the seed, share a seed, or have attributes, whose vectors are divided by
     *     another length in each
     */
    public static FactorModel of(List<? extends VectorModel> models) {
        check(models);
        VectorModel first = models.get(0);
        boolean biased = TrainingInfo.options(first.info()).encoder().itemBias();
        Matrix users = sideBySide(models.stream().map(VectorModel::userVectors).toList(), biased);
        Matrix items = sideBySide(models.stream().map(VectorModel::itemVectors).toList(), biased);
        return new FactorModel(users, items, first.users(), first.items(), first.trained(), first.known(), info(models))
                .withKernels(first.kernels());
    }

    private static Matrix sideBySide(List<Matrix> tables, boolean biased) {
        int own = tables.get(0).columns() - (biased ? 1 : 0);
        int n = tables.size();
        Matrix result = new Matrix(tables.get(0).rows(), n * own + (biased ? 1 : 0));
        float scale = (float) (1 / Math.sqrt(n));
        for (int row = 0; row < result.rows(); row++) {
            for (int m = 0; m < n; m++) {
                for (int k = 0; k < own; k++) {
                    result.set(row, m * own + k, scale * tables.get(m).get(row, k));
                }
            }
            if (biased) {
                double sum = 0;
                for (Matrix table : tables) {
                    sum += table.get(row, own);
                }
                result.set(row, n * own, (float) (sum / n));
            }
        }
        return result;
    }

    private static ModelInfo info(List<? extends VectorModel> models) {
        ModelInfo first = models.get(0).info();
        List<String> seeds = models.stream()
                .map(m -> Objects.requireNonNull(m.info().config().get("seed")))
                .toList();
        return new ModelInfo(
                first.model(), first.config(), first.provenance().with(new EnsembleProvenance(models.size(), seeds)));
    }

    private static void check(List<? extends VectorModel> models) {
        if (models.size() < 2) {
            throw new InputException("an ensemble of " + models.size() + " model; give two or more.");
        }
        VectorModel first = models.get(0);
        if (models.stream().anyMatch(model -> !model.attributeTables().isEmpty())) {
            throw new InputException(
                    "models with attributes cannot be members of an ensemble side by side: it could not take in what comes later."
                            + " Blend their scores instead, or train them with attribute_weight = 0.");
        }
        for (VectorModel model : models) {
            if (!model.users().sameAs(first.users())
                    || !model.items().sameAs(first.items())
                    || !model.trained().equals(first.trained())
                    || !model.known().equals(first.known())) {
                throw new InputException("models of one ensemble must be trained on the same data; these are not.");
            }
            settingsBut(model).forEach((name, value) -> {
                String other = settingsBut(first).get(name);
                if (!value.equals(other)) {
                    throw new InputException(
                            String.format(
                                    Locale.ROOT,
                                    "models of one ensemble may differ in their seed only; %s is %s and %s.",
                                    name,
                                    other,
                                    value),
                            Hint.of("for models that differ otherwise", Hint.Action.BLEND));
                }
            });
        }
        List<String> seeds = models.stream()
                .map(m -> m.info().config().getOrDefault("seed", "none"))
                .toList();
        if (seeds.stream().distinct().count() < seeds.size()) {
            throw new InputException("models of one ensemble need different seeds; these have "
                    + String.join(", ", seeds) + ". Train each with another seed.");
        }
        if (models.stream().anyMatch(m -> m.dimension() != first.dimension())) {
            throw new InputException("an ensemble is no member of another one.");
        }
    }

    private static Map<String, String> settingsBut(VectorModel model) {
        Map<String, String> settings = new LinkedHashMap<>(model.info().config());
        settings.remove("seed");
        return settings;
    }
}
