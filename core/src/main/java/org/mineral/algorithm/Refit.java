package org.mineral.algorithm;

import java.util.Map;
import java.util.Objects;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.linalg.KernelProvider;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.VectorModel;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.provenance.UpdateProvenance;

/**
 * The update of a model without epochs: with its own settings it is computed again, of the interactions that it knows and the new ones together. The
 * result is what training on all of them gives.
 */
final class Refit<S extends Record, M extends Model> implements Updatable {

    private static final String RATINGS = "rating_power";

    private final NonIterativeAlgorithm<S, M> algorithm;
    private final M model;

    Refit(NonIterativeAlgorithm<S, M> algorithm, M model) {
        this.algorithm = algorithm;
        this.model = model;
    }

    @Override
    public Updated<M> update(Dataset news, Map<String, String> given, int threads, FitListener listener) {
        if (!given.isEmpty()) {
            throw new InputException(
                    "found the setting '" + given.keySet().iterator().next() + "' of an update; " + algorithm.name()
                            + " is computed again with its own settings, so that an update has none.");
        }
        ModelInfo info = model.info();
        refuseRatings(info);
        Dataset merged = MergedData.of(model, news);
        int newPairs = merged.train().size() - model.known().size();
        if (newPairs == 0) {
            return new Updated<>(model, 0, 0, 0, 0, null);
        }
        Provenance before = info.provenance();
        UpdateProvenance update = new UpdateProvenance(
                Objects.requireNonNullElse(before.data().hash(), ""), merged.name(), newPairs, 0, 0, 0);
        FitContext context = FitContext.defaults()
                .withThreads(threads)
                .withKernels(
                        model.as(VectorModel.class).map(VectorModel::kernels).orElseGet(KernelProvider::best))
                .withListener(listener)
                .withProvenance(before.with(update));
        Attributes none = Attributes.none(merged.users().size());
        Dataset data = merged.withAttributes(none, model.itemAttributes().of(model.items(), merged.items()));
        Fit<M> fit = algorithm.fit(data, algorithm.settings(info.config()), context);
        return new Updated<>(
                fit.model(),
                merged.users().size() - model.users().size(),
                merged.items().size() - model.items().size(),
                newPairs,
                0,
                fit);
    }

    /** A model holds no ratings of its interactions. */
    private void refuseRatings(ModelInfo info) {
        if (Double.parseDouble(info.config().getOrDefault(RATINGS, "0")) != 0) {
            throw new InputException("this model weighs interactions by their ratings (" + RATINGS
                    + "), of which it keeps none; train it again on all the data.");
        }
    }
}
