package org.mineral.algorithm.embedding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mineral.algorithm.Algorithm;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.Plan;
import org.mineral.algorithm.SharedWork;
import org.mineral.algorithm.Updatable;
import org.mineral.algorithm.embedding.encoder.ParameterLayers;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.embedding.init.CachedInit;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.algorithm.embedding.update.Update;
import org.mineral.algorithm.embedding.update.UpdateOptions;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.loss.Losses;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Explainable;
import org.mineral.model.FactorModel;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.HistoryScorer;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;
import org.mineral.model.provenance.TrainerProvenance;

/**
 * Vectors of users and items, trained by an {@link EmbeddingTrainer} with any loss. Subclasses differ in their defaults and in the layers
 * that they put around the parameters.
 */
public abstract class EmbeddingAlgorithm implements Algorithm<EmbeddingSettings> {

    private static final Set<Class<?>> BY_LOSS = Set.of(
            HistoryScorer.class, HistoryEncoder.class, Explainable.class, Updatable.class, AttributeScorer.class);

    private final String name;
    private final Map<String, String> defaults;

    /** @param defaults values of settings that are not given, in place of the settings' own defaults */
    protected EmbeddingAlgorithm(String name, Map<String, String> defaults) {
        this.name = name;
        this.defaults = defaults;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public EmbeddingSettings settings(Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>(given);
        defaults.forEach(all::putIfAbsent);
        return EmbeddingSettings.of(all);
    }

    @Override
    public Map<String, String> describe(EmbeddingSettings settings) {
        return settings.describe();
    }

    @Override
    public List<Config.Description> parameters(Map<String, String> chosen) {
        return EmbeddingSettings.parameters(chosen, defaults);
    }

    @Override
    public Map<String, String> unused(Map<String, String> given) {
        return EmbeddingSettings.unused(given);
    }

    /** l(u,i) of the loss. */
    @Override
    public String formula(EmbeddingSettings settings) {
        return Losses.typeOf(settings.loss()).formula();
    }

    /** Of the loss. */
    @Override
    public String source(EmbeddingSettings settings) {
        return Losses.typeOf(settings.loss()).source();
    }

    @Override
    public boolean readsOrder(EmbeddingSettings settings) {
        return settings.options().objective().recency() > 0;
    }

    @Override
    public boolean readsAttributes() {
        return true;
    }

    @Override
    public Class<FactorModel> modelType() {
        return FactorModel.class;
    }

    @Override
    public Plan plan(Dataset data, EmbeddingSettings settings, FitContext context) {
        return trainer(settings, context).plan(data);
    }

    @Override
    public Fit<FactorModel> fit(Dataset data, EmbeddingSettings settings, FitContext context) {
        return trainer(settings, context).train(data);
    }

    /** By their type, or by the loss that they were trained with: folding in a history, explaining a score, an update. */
    @Override
    public boolean offers(Class<?> capability) {
        return BY_LOSS.contains(capability) || Algorithm.super.offers(capability);
    }

    @Override
    public <C> Optional<C> capability(Model model, Class<C> type) {
        boolean has = type != AttributeScorer.class
                || model.as(VectorModel.class)
                        .filter(own -> !own.attributeTables().isEmpty())
                        .isPresent();
        return BY_LOSS.contains(type) && has
                ? model.as(VectorModel.class).map(vectors -> type.cast(byLoss(vectors, type)))
                : Optional.empty();
    }

    private static Object byLoss(VectorModel model, Class<?> type) {
        if (type == Updatable.class) {
            return (Updatable) (news, settings, threads, listener) ->
                    Update.of(model, news, Config.read(UpdateOptions.class, settings), threads, listener);
        }
        if (type == AttributeScorer.class) {
            return new AttributeVectorScorer(model);
        }
        return type == Explainable.class ? new VectorExplainer(model) : FoldIn.of(model);
    }

    /** Layers around the parameters; none unless overridden. The same on every call. */
    protected ParameterLayers layers() {
        return ParameterLayers.NONE;
    }

    private EmbeddingTrainer trainer(EmbeddingSettings settings, FitContext context) {
        EmbeddingTrainer trainer = new EmbeddingTrainer(settings.loss(), settings.options())
                .threads(context.threads())
                .kernels(context.kernels())
                .listener(context.listener())
                .layers(layers())
                .provenance(context.provenance());
        if (!name.equals(FactorModel.NAME)) {
            trainer = trainer.with(TrainerProvenance.NONE.withAlgorithm(name));
        }
        SharedWork shared = context.shared();
        if (shared != null) {
            trainer = trainer.starts(shared.of(CachedInit.class, CachedInit::new));
        }
        if (context.checkpoints() != null) {
            trainer = trainer.checkpoints(context.checkpoints());
        }
        if (context.judgedBy() != null) {
            trainer = trainer.judgedBy(context.judgedBy());
        }
        Model teacher = context.teacher();
        return teacher == null ? trainer : trainer.teacher(teacher);
    }
}
