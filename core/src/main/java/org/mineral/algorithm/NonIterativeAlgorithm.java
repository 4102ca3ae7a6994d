package org.mineral.algorithm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.model.Model;

/**
 * An algorithm without epochs whose settings are a record with {@link org.mineral.config.Setting}s: the model is computed directly, by
 * counting, a closed form, a random walk. It cannot use a teacher. Its models take in new interactions by being computed again.
 *
 * @param <S> settings
 * @param <M> its models
 */
public abstract class NonIterativeAlgorithm<S extends Record, M extends Model> implements Algorithm<S> {

    private final Class<S> settings;

    protected NonIterativeAlgorithm(Class<S> settings) {
        this.settings = settings;
    }

    /** Refuses unusable data, before the run is planned. */
    protected void check(Dataset data) {}

    /** Computes the model of {@code data.train()}. The plan has been announced already. */
    protected abstract M make(Dataset data, S settings, FitContext context);

    @Override
    public final S settings(Map<String, String> given) {
        return Config.read(settings, given);
    }

    @Override
    public final Map<String, String> describe(S settings) {
        return Config.toMap(settings);
    }

    @Override
    public final List<Config.Description> parameters(Map<String, String> chosen) {
        return Config.describe(settings);
    }

    @Override
    public abstract Class<M> modelType();

    @Override
    public final Fit<M> fit(Dataset data, S settings, FitContext context) {
        context.refuseTeacher(name());
        check(data);
        long started = System.nanoTime();
        Plan plan = plan(data, settings, context);
        context.listener().plan(plan);
        M made = make(data, settings, context);
        return Fit.of(made, (System.nanoTime() - started) / 1e9, plan);
    }

    @Override
    public boolean offers(Class<?> capability) {
        return capability == Updatable.class && learns() || Algorithm.super.offers(capability);
    }

    @Override
    public <C> Optional<C> capability(Model model, Class<C> type) {
        return type == Updatable.class && learns()
                ? model.as(modelType()).map(own -> type.cast(new Refit<>(this, own)))
                : Optional.empty();
    }
}
