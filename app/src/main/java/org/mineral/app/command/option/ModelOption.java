package org.mineral.app.command.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.loss.Losses;
import picocli.CommandLine.Option;

/** The algorithm of a verb that trains. */
public final class ModelOption {

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The algorithm: ${COMPLETION-CANDIDATES}. Default: mf.",
            completionCandidates = Names.class)
    public String name = ModelSpec.DEFAULT;

    /** The names, for the help text. */
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Algorithms.names().iterator();
        }
    }

    /** @throws InputException for an unknown name */
    public ModelSpec spec() {
        return ModelSpec.of(Algorithms.of(name).name());
    }

    public boolean isDefault() {
        return name.equals(ModelSpec.DEFAULT);
    }

    /**
     * The algorithm with each of these losses.
     *
     * @param losses names; empty for what the algorithm does without one being named
     * @param otherwise the losses where none is named and the algorithm has losses
     * @throws InputException for an unknown name, or losses for an algorithm that has none
     */
    public List<ModelSpec> specs(List<String> losses, List<String> otherwise) {
        ModelSpec spec = spec();
        if (spec.loss().isEmpty()) {
            if (!losses.isEmpty()) {
                throw noLoss(name);
            }
            return List.of(spec);
        }
        List<ModelSpec> specs = new ArrayList<>();
        for (String loss : losses.isEmpty() ? otherwise : losses) {
            Losses.recordOf(loss.strip());
            specs.add(spec.with(ModelSpec.LOSS, loss.strip()));
        }
        return specs;
    }

    /** The algorithm with a loss and settings. */
    public ModelSpec with(@Nullable String loss, Map<String, String> settings) {
        ModelSpec spec = spec();
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (loss != null && !spec.loss().isEmpty() && all.put(ModelSpec.LOSS, loss) != null) {
            throw new InputException("the loss is given twice, as --loss and --set loss; give it once.");
        }
        return spec.with(all);
    }

    static InputException noLoss(String name) {
        List<String> able = Algorithms.names().stream()
                .filter(other -> !ModelSpec.of(other).loss().isEmpty())
                .toList();
        return new InputException(name + " is not trained by a loss; these are: " + String.join(", ", able) + ".");
    }
}
