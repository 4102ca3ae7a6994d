package org.mineral.app.serve.service;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mineral.model.Model;
import org.mineral.recommend.Catalogue;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Retrieval;

/** A model that is served: when it was loaded, and the map of its items. */
public final class ServedModel extends LoadedModel {

    private final Instant loaded;
    private volatile @Nullable ItemMap map;

    /** @param retrieval null for a model without vectors */
    ServedModel(Model model, Catalogue catalogue, @Nullable Retrieval retrieval, int generation, Instant loaded) {
        super(model, catalogue, retrieval, generation);
        this.loaded = loaded;
    }

    /** A model with more users and items than one that is served, whose map it shows. */
    ServedModel(Model more, Catalogue catalogue, @Nullable Retrieval retrieval, ServedModel base) {
        super(more, catalogue, retrieval, base.generation());
        this.loaded = base.loaded;
        this.map = base.map();
    }

    public Instant loaded() {
        return loaded;
    }

    public ItemMap map() {
        ItemMap known = map;
        if (known == null) {
            known = ItemMap.of(vectors(), byPopularity());
            map = known;
        }
        return known;
    }
}
