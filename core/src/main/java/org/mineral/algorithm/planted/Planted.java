package org.mineral.algorithm.planted;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.NonIterativeAlgorithm;
import org.mineral.algorithm.Plan;
import org.mineral.config.InputException;
import org.mineral.config.Setting;
import org.mineral.data.Dataset;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;
import org.mineral.model.provenance.TrainerProvenance;

/**
 * The planted truth of generated data as a model: the upper reference of a comparison. The score of an item is its unnormalised
 * log-probability, {@code beta x_u . v_i + log p_i}: a dot product of vectors of which the last coordinate is the item's bias.
 */
public final class Planted extends NonIterativeAlgorithm<Planted.Settings, FactorModel> {

    /** The interpretation of its scores for fold-in: logits of draws from the catalogue. */
    private static final Map<String, String> OBJECTIVE =
            Map.of("loss", "softmax", "similarity", "dot", "temperature", "1", "item_bias", "true");

    /**
     * @param source the generated data, {@code builtin:tastes} with its settings; {@code auto}: what the provenance says, or the name
     *     of the data
     */
    public record Settings(
            @Setting(value = "auto", doc = "the generated data, builtin:tastes with its settings; auto: those given")
            String source) {}

    public Planted() {
        super(Settings.class);
    }

    @Override
    public String name() {
        return "planted";
    }

    @Override
    public String description() {
        return "the truth that generated data were drawn from; for builtin: data only";
    }

    @Override
    public String source() {
        return "what the data were drawn from";
    }

    @Override
    public Class<FactorModel> modelType() {
        return FactorModel.class;
    }

    @Override
    public boolean learns() {
        return false;
    }

    @Override
    public Plan plan(Dataset data, Settings settings, FitContext context) {
        long rows = data.users().size() + (long) data.items().size();
        return Plan.of(data, "generated again", rows * 64 * Float.BYTES, "Give smaller data");
    }

    @Override
    protected FactorModel make(Dataset data, Settings settings, FitContext context) {
        String source = settings.source().equals("auto")
                ? Objects.requireNonNullElse(context.provenance().data().source(), data.name())
                : settings.source();
        SyntheticData tastes = generated(source, data);
        Map<String, String> config = new LinkedHashMap<>(Map.of("source", source));
        config.putAll(OBJECTIVE);
        return new FactorModel(
                        users(tastes.truth()),
                        items(tastes.truth()),
                        data.users(),
                        data.items(),
                        data.train(),
                        data.seen(),
                        context.with(TrainerProvenance.NONE.withAlgorithm(name()))
                                .info(FactorModel.NAME, config, data))
                .withKernels(context.kernels());
    }

    private static SyntheticData generated(String source, Dataset data) {
        if (!source.startsWith("builtin:")) {
            throw new InputException("nobody knows the truth behind " + source
                    + "; it is known of generated data only: builtin:tastes.");
        }
        SyntheticData tastes = SyntheticData.generate(source);
        if (!tastes.data().users().sameAs(data.users())
                || !tastes.data().items().sameAs(data.items())
                || !tastes.data().all().equals(data.all())) {
            throw new InputException(
                    data.name() + " is not what " + source + " generates; give the source with its settings.");
        }
        return tastes;
    }

    /** beta x_u, and 1 before the items' biases. */
    private static Matrix users(SyntheticData.Truth truth) {
        Matrix users = new Matrix(truth.users().length, truth.users()[0].length + 1);
        for (int u = 0; u < users.rows(); u++) {
            float[] taste = truth.users()[u];
            for (int k = 0; k < taste.length; k++) {
                users.set(u, k, (float) (truth.beta() * taste[k]));
            }
            users.set(u, taste.length, 1);
        }
        return users;
    }

    /** v_i, and log p_i. */
    private static Matrix items(SyntheticData.Truth truth) {
        Matrix items = new Matrix(truth.items().length, truth.items()[0].length + 1);
        for (int i = 0; i < items.rows(); i++) {
            float[] vector = truth.items()[i];
            for (int k = 0; k < vector.length; k++) {
                items.set(i, k, vector[k]);
            }
            items.set(i, vector.length, truth.logPopularity()[i]);
        }
        return items;
    }
}
