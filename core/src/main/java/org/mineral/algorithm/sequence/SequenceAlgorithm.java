package org.mineral.algorithm.sequence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mineral.algorithm.Algorithm;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.Plan;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.loss.Losses;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Model;

/**
 * What comes next: {@code h = sum_k w_k * (c q + p)_i(k)}, the last items of a history weighted by position, against the vectors of all items, trained with
 * any loss at every place of every sequence.
 */
public final class SequenceAlgorithm implements Algorithm<SequenceSettings> {

    @Override
    public String name() {
        return SequenceModel.NAME;
    }

    @Override
    public String description() {
        return "what comes next: vectors of the last items of a history, trained with any loss";
    }

    @Override
    public String source() {
        return "docs/explanation/sequences.md";
    }

    @Override
    public String source(SequenceSettings settings) {
        return Losses.typeOf(settings.loss()).source();
    }

    @Override
    public String formula(SequenceSettings settings) {
        return Losses.typeOf(settings.loss()).formula();
    }

    @Override
    public SequenceSettings settings(Map<String, String> given) {
        return SequenceSettings.of(given);
    }

    @Override
    public Map<String, String> describe(SequenceSettings settings) {
        return settings.describe();
    }

    @Override
    public List<Config.Description> parameters(Map<String, String> chosen) {
        return SequenceSettings.parameters(chosen);
    }

    @Override
    public Map<String, String> unused(Map<String, String> given) {
        return EmbeddingSettings.unused(given);
    }

    @Override
    public boolean readsOrder(SequenceSettings settings) {
        return true;
    }

    /** Those of items. */
    @Override
    public boolean readsAttributes() {
        return true;
    }

    @Override
    public boolean predictsNext() {
        return true;
    }

    @Override
    public Class<SequenceModel> modelType() {
        return SequenceModel.class;
    }

    @Override
    public boolean offers(Class<?> capability) {
        return capability == AttributeScorer.class || Algorithm.super.offers(capability);
    }

    @Override
    public <C> Optional<C> capability(Model model, Class<C> type) {
        return type == AttributeScorer.class
                ? model.as(modelType())
                        .filter(own -> own.attributeTables().items().isPresent())
                        .map(own -> type.cast(new SequenceAttributeScorer(own)))
                : Optional.empty();
    }

    @Override
    public Plan plan(Dataset data, SequenceSettings settings, FitContext context) {
        return new SequenceTraining(data, settings, context).plan();
    }

    @Override
    public Fit<SequenceModel> fit(Dataset data, SequenceSettings settings, FitContext context) {
        return new SequenceTraining(data, settings, context).run();
    }
}
