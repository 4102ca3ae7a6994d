package org.mineral.tune.compare;

import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.model.Model;
import org.mineral.model.PopularityModel;
import org.mineral.tune.compare.ComparisonResult.Kind;

/** What every comparison measures beside its models: popularity, and the planted truth of generated data. */
final class References {

    private static final ModelSpec FLOOR = ModelSpec.of(PopularityModel.NAME);
    private static final ModelSpec CEILING = ModelSpec.of("planted");

    private References() {}

    /** Whether a model is one of them. */
    static boolean are(ModelSpec spec, DataSource source) {
        return spec.equals(FLOOR) || spec.equals(CEILING) && source.generated();
    }

    /** Popularity, counted on {@code data.train()}. */
    static EntryResult floor(Dataset data, TestEvaluator evaluator, int threads) {
        return measured(FLOOR, FLOOR.toString(), Kind.POPULARITY, data, evaluator, threads);
    }

    /** The planted truth; null if the data are not generated, or not from their name. */
    static @Nullable EntryResult ceiling(DataSource source, Dataset data, TestEvaluator evaluator, int threads) {
        if (!source.generated()) {
            return null;
        }
        try {
            ModelSpec spec = CEILING.with("source", source.name());
            return measured(spec, "planted truth", Kind.PLANTED, data, evaluator, threads);
        } catch (InputException e) {
            return null;
        }
    }

    private static EntryResult measured(
            ModelSpec spec, String name, Kind kind, Dataset data, TestEvaluator evaluator, int threads) {
        ConfiguredAlgorithm<?> algorithm = spec.configured();
        Model model =
                algorithm.fit(data, FitContext.defaults().withThreads(threads)).model();
        return EntryResult.reference(model, name, kind, algorithm.source(), evaluator);
    }
}
