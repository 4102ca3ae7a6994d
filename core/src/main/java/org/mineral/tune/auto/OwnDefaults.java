package org.mineral.tune.auto;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Interactions;
import org.mineral.tune.preset.AutoPreset;
import org.mineral.tune.preset.Preset;

/**
 * Where a search begins for a model that no rules were found for: at its own defaults, trained as long as the rules say, or as long as its defaults
 * if it is a model of what comes next.
 */
record OwnDefaults(ModelSpec spec) implements Preset {

    static final String NAME = "defaults";

    private static final Set<String> CHANGED = Set.of(SettingChanges.TEMPERATURE, CoordinateSearch.RATE);
    private static final List<String> LENGTH = List.of(CoordinateSearch.EPOCHS, CoordinateSearch.STOP);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> losses() {
        return List.of(Preset.key(spec));
    }

    /** The settings that a search changes by a factor, and the epochs; of these, those that the model has. */
    @Override
    public Map<String, String> settings(String loss, Interactions train) {
        Map<String, String> own = spec.configured().describe();
        Map<String, String> settings = new LinkedHashMap<>();
        spec.parameters().stream()
                .filter(s -> !s.tune().isEmpty() && CHANGED.contains(s.name()))
                .forEach(s -> settings.put(s.name(), own.getOrDefault(s.name(), "")));
        if (Algorithms.of(spec.algorithm()).predictsNext()) {
            LENGTH.forEach(name -> settings.put(name, own.getOrDefault(name, "0")));
        } else if (own.containsKey(CoordinateSearch.EPOCHS)) {
            settings.put(CoordinateSearch.EPOCHS, String.valueOf(AutoPreset.epochs(train.size())));
        }
        settings.keySet().removeAll(spec.settings().keySet());
        return settings;
    }

    @Override
    public Set<String> names(String loss) {
        return settings(loss, Interactions.empty(1, 1)).keySet();
    }
}
