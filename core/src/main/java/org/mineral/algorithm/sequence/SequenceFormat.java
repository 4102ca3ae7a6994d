package org.mineral.algorithm.sequence;

import java.io.IOException;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.data.Sequences;
import org.mineral.linalg.KernelProvider;
import org.mineral.model.io.FactorModelFormat;
import org.mineral.model.io.ModelFormat;
import org.mineral.model.io.SafetensorsReader;
import org.mineral.model.io.SafetensorsWriter;

/**
 * The tables {@code items}, {@code context} (both I x d) and {@code positions} (buckets x d), and {@code sequences}: the items of
 * {@code seen.items}, those of each user in the order in which they were taken. With attributes of items, also their vectors, as a factor model has them.
 */
public final class SequenceFormat implements ModelFormat<SequenceModel> {

    private static final String ITEMS = "items";
    private static final String CONTEXT = "context";
    private static final String POSITIONS = "positions";
    private static final String SEQUENCES = "sequences";

    @Override
    public String name() {
        return SequenceModel.NAME;
    }

    @Override
    public Class<SequenceModel> type() {
        return SequenceModel.class;
    }

    @Override
    public void write(SequenceModel model, SafetensorsWriter to) {
        to.add(ITEMS, model.itemVectors())
                .add(CONTEXT, model.contextVectors())
                .add(POSITIONS, model.positionWeights())
                .addInts(SEQUENCES, model.sequences().items());
        FactorModelFormat.add(model.attributeTables(), to);
    }

    @Override
    public Map<String, Object> shape(SequenceModel model) {
        return Map.of("dimension", model.dimension());
    }

    @Override
    public SequenceModel read(Stored stored, SafetensorsReader from) throws IOException {
        Sequences sequences;
        try {
            sequences = new Sequences(stored.known(), from.ints(SEQUENCES));
        } catch (IllegalArgumentException e) {
            throw new InputException(stored.file() + " is damaged: " + e.getMessage() + ". Copy the model again.", e);
        }
        return new SequenceModel(
                        from.matrix(ITEMS),
                        from.matrix(CONTEXT),
                        from.matrix(POSITIONS),
                        stored.users(),
                        stored.items(),
                        sequences,
                        stored.trained(),
                        stored.info(),
                        KernelProvider.best())
                .withAttributes(FactorModelFormat.attributes(stored, from));
    }
}
