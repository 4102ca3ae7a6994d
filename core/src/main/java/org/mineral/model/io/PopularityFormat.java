package org.mineral.model.io;

import org.mineral.config.Internal;
import org.mineral.model.PopularityModel;

/** No tensors: the model is computed from the training interactions. */
@Internal
public final class PopularityFormat implements ModelFormat<PopularityModel> {

    @Override
    public String name() {
        return PopularityModel.NAME;
    }

    @Override
    public Class<PopularityModel> type() {
        return PopularityModel.class;
    }

    @Override
    public void write(PopularityModel model, SafetensorsWriter to) {}

    @Override
    public PopularityModel read(Stored stored, SafetensorsReader from) {
        return new PopularityModel(stored.users(), stored.items(), stored.trained(), stored.known(), stored.info());
    }
}
