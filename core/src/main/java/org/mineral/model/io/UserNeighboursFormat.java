package org.mineral.model.io;

import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.model.UserNeighboursModel;

/** No tensors: the model is its training interactions and settings. */
@Internal
public final class UserNeighboursFormat implements ModelFormat<UserNeighboursModel> {

    @Override
    public String name() {
        return UserNeighboursModel.NAME;
    }

    @Override
    public Class<UserNeighboursModel> type() {
        return UserNeighboursModel.class;
    }

    @Override
    public void write(UserNeighboursModel model, SafetensorsWriter to) {}

    @Override
    public UserNeighboursModel read(Stored stored, SafetensorsReader from) {
        try {
            return new UserNeighboursModel(
                    stored.users(), stored.items(), stored.trained(), stored.known(), stored.info());
        } catch (InputException e) {
            throw new InputException(stored.file() + " is damaged: " + e.getMessage() + " Copy the model again.", e);
        }
    }
}
