package org.mineral.model.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.model.BlendModel;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.Provenance;

/**
 * The tensors of each model of a blend, as its own format writes them, with the names beginning {@code 1.}, {@code 2.} and so on; an empty tensor
 * {@code 1.format.NAME} names the format. Settings and weights are those of {@link BlendModel#info}.
 */
public final class BlendFormat implements ModelFormat<BlendModel> {

    private static final int MOST = 64;
    private static final String FORMAT = "format.";

    @Override
    public String name() {
        return BlendModel.NAME;
    }

    @Override
    public Class<BlendModel> type() {
        return BlendModel.class;
    }

    @Override
    public void write(BlendModel model, SafetensorsWriter to) {
        for (int m = 0; m < model.members().size(); m++) {
            ModelFormats.Writing own = ModelFormats.of(model.members().get(m).model());
            to.under((m + 1) + ".", tensors -> {
                own.content().addTo(tensors);
                tensors.addInts(FORMAT + own.name(), new int[0]);
            });
        }
    }

    @Override
    public Map<String, Object> shape(BlendModel model) {
        return Map.of("members", model.members().size());
    }

    @Override
    public BlendModel read(Stored stored, SafetensorsReader from) throws IOException {
        List<BlendModel.Member> members = new ArrayList<>();
        for (int m = 1; m <= MOST && stored.info().config().containsKey(m + ".model"); m++) {
            members.add(member(m + ".", stored, from));
        }
        return new BlendModel(members);
    }

    private static BlendModel.Member member(String prefix, Stored stored, SafetensorsReader from) throws IOException {
        Map<String, String> config = new LinkedHashMap<>();
        stored.info().config().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                config.put(name.substring(prefix.length()), value);
            }
        });
        String kind = Objects.requireNonNull(config.remove("model"));
        String algorithm = config.remove("algorithm");
        double weight = weight(stored, config.remove("weight"));
        Provenance provenance = stored.info().provenance();
        ModelInfo info = new ModelInfo(
                kind,
                config,
                algorithm == null
                        ? provenance
                        : provenance.with(provenance.trainer().withAlgorithm(algorithm)));
        Stored own = new Stored(
                stored.file(),
                info,
                stored.cleared(),
                stored.users(),
                stored.items(),
                stored.trained(),
                stored.known(),
                stored.userAttributes(),
                stored.itemAttributes());
        Model[] read = new Model[1];
        from.under(prefix, tensors -> read[0] = format(stored, kind, tensors).read(own, tensors));
        return new BlendModel.Member(Objects.requireNonNull(read[0]), weight);
    }

    private static ModelFormat<?> format(Stored stored, String kind, SafetensorsReader tensors) {
        for (String name : ModelFormats.names()) {
            ModelFormat<?> format = ModelFormats.named(name);
            if (format != null && !name.equals(BlendModel.NAME) && tensors.has(FORMAT + name)) {
                return format;
            }
        }
        throw new InputException(stored.file() + " is part of a blend with a model of an unknown kind, '"
                + ModelHeader.printable(kind) + "'; load it with the version of Mineral that made it.");
    }

    private static double weight(Stored stored, @Nullable String text) {
        try {
            return Double.parseDouble(Objects.requireNonNullElse(text, "none"));
        } catch (NumberFormatException e) {
            throw new InputException(
                    stored.file() + " is part of a blend with the weight '" + text
                            + "', which is no number. Copy the model" + " again.",
                    e);
        }
    }
}
