package org.mineral.algorithm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.data.Dataset;
import org.mineral.json.JsonValue;

/**
 * The specification of a model in one line: an algorithm and its settings that differ from the defaults. {@code ease}, {@code
 * ease(l2=300)}, {@code mf(loss=mine+,lambda=1.2)}. A loss alone, {@code mine+}, is matrix factorisation with it.
 *
 * @param algorithm a name of {@link Algorithms}
 * @param settings public names to values as text, in the order given
 */
public record ModelSpec(String algorithm, Map<String, String> settings) {

    private static final String ATTRIBUTE_WEIGHT = "attribute_weight";

    /** The name of the loss setting. */
    public static final String LOSS = "loss";

    /** The algorithm of a loss alone. */
    public static final String DEFAULT = "mf";

    private static final Pattern WRITTEN = Pattern.compile("\\s*([^(),=\\s]+)\\s*(?:\\((.*)\\))?\\s*", Pattern.DOTALL);
    private static final Pattern NEXT_SETTING = Pattern.compile(",(?=\\s*[A-Za-z0-9_]+\\s*=)");
    private static final Pattern NEXT_MODEL = Pattern.compile(",(?![^(]*\\))");

    public ModelSpec {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    public static ModelSpec of(String algorithm) {
        return new ModelSpec(algorithm, Map.of());
    }

    /** Matrix factorisation with a loss. */
    public static ModelSpec ofLoss(String loss) {
        return new ModelSpec(DEFAULT, Map.of(LOSS, loss));
    }

    /**
     * Parses the form of {@link #toString}; spaces around names and values are ignored.
     *
     * @throws InputException if the text is not a specification, if there is no such algorithm or loss, or if the algorithm refuses a setting
     */
    public static ModelSpec parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new InputException("'" + text + "' is no model. Allowed: the name of an algorithm or of a loss, and"
                    + " settings in parentheses: ease(l2=300), mine+, mf(loss=mine+,lambda=1.2).");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        String given = written.group(2) == null ? "" : written.group(2).strip();
        for (String pair : given.isEmpty() ? new String[0] : NEXT_SETTING.split(given)) {
            int equals = pair.indexOf('=');
            String name = pair.substring(0, Math.max(0, equals)).strip();
            String value = pair.substring(equals + 1).strip();
            if (name.isEmpty() || value.isEmpty()) {
                throw new InputException("'" + pair.strip() + "' in '" + text.strip()
                        + "' is no setting; allowed: name=value, with a comma before the next.");
            }
            if (settings.put(name, value) != null) {
                throw new InputException(name + " is given twice in '" + text.strip() + "'; give it once.");
            }
        }
        ModelSpec spec = named(written.group(1), settings);
        spec.configured();
        return spec;
    }

    /** @throws InputException as {@link #parse}, or if there is none */
    public static List<ModelSpec> parseList(String text) {
        List<ModelSpec> specs = new ArrayList<>();
        for (String one : NEXT_MODEL.split(text)) {
            specs.add(parse(one));
        }
        return List.copyOf(specs);
    }

    private static ModelSpec named(String name, Map<String, String> settings) {
        Optional<Algorithm<?>> algorithm = Algorithms.find(name);
        if (algorithm.isPresent()) {
            return new ModelSpec(name, settings);
        }
        List<String> losses = losses();
        if (!losses.contains(name)) {
            List<String> known = new ArrayList<>(Algorithms.names());
            known.addAll(losses);
            throw InputException.unknown("model", name, known);
        }
        Map<String, String> all = new LinkedHashMap<>(Map.of(LOSS, name));
        settings.forEach((setting, value) -> {
            if (all.put(setting, value) != null) {
                throw new InputException("'" + name + "' is a loss already; leave " + LOSS + "=" + value + " out.");
            }
        });
        return new ModelSpec(DEFAULT, all);
    }

    /** The losses of the default algorithm. */
    private static List<String> losses() {
        return Algorithms.of(DEFAULT).parameters(Map.of()).stream()
                .filter(p -> p.name().equals(LOSS))
                .findFirst()
                .orElseThrow()
                .choices();
    }

    /** Matrix factorisation with each of these losses. */
    public static List<ModelSpec> ofLosses(List<String> losses) {
        return losses.stream().map(ModelSpec::ofLoss).toList();
    }

    /** The settings of the algorithm, given those chosen. */
    public List<Config.Description> parameters() {
        return Algorithms.of(algorithm).parameters(settings);
    }

    /** The loss, its default if none is given; empty if the algorithm has no losses. */
    public String loss() {
        return settings.getOrDefault(
                LOSS,
                parameters().stream()
                        .filter(p -> p.name().equals(LOSS))
                        .map(Config.Description::fallback)
                        .findFirst()
                        .orElse(""));
    }

    /** Names of the settings that have no effect on these data: those of attributes, if there are none or their weight is 0. */
    @Internal
    public Set<String> unusedOn(Dataset data) {
        boolean some =
                Algorithms.of(algorithm).predictsNext() ? !data.itemAttributes().isEmpty() : data.hasAttributes();
        String weight = settings.getOrDefault(ATTRIBUTE_WEIGHT, "auto");
        return some && !weight.matches("[-+]?0*\\.?0*")
                ? Set.of()
                : parameters().stream()
                        .filter(Config.Description::ofAttributes)
                        .map(Config.Description::name)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** A copy with one more setting, or another value of it. */
    public ModelSpec with(String name, String value) {
        return with(Map.of(name, value));
    }

    /** A copy with further settings; those given here replace others of the same name. */
    public ModelSpec with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(more);
        return new ModelSpec(algorithm, all);
    }

    /** A copy without a setting. */
    public ModelSpec without(String name) {
        Map<String, String> others = new LinkedHashMap<>(settings);
        others.remove(name);
        return new ModelSpec(algorithm, others);
    }

    /**
     * A copy without the settings that have no effect with the others, such as parameters of another loss.
     *
     * @param reasons receives a sentence for each that is left out
     */
    public ModelSpec withoutUnused(Consumer<String> reasons) {
        Map<String, String> unused = Algorithms.of(algorithm).unused(settings);
        unused.values().forEach(reasons);
        Map<String, String> used = new LinkedHashMap<>(settings);
        used.keySet().removeAll(unused.keySet());
        return new ModelSpec(algorithm, used);
    }

    /**
     * The algorithm with these settings.
     *
     * @throws InputException if it does not know one of them, or a value is out of range
     */
    public ConfiguredAlgorithm<?> configured() {
        return ConfiguredAlgorithm.of(this);
    }

    /** {@code algorithm(name=value,...)}; the loss alone for matrix factorisation without other settings. */
    @Override
    public String toString() {
        if (algorithm.equals(DEFAULT) && settings.keySet().equals(Set.of(LOSS))) {
            return loss();
        }
        return settings.isEmpty()
                ? algorithm
                : algorithm
                        + settings.entrySet().stream()
                                .map(s -> s.getKey() + "=" + s.getValue())
                                .collect(Collectors.joining(",", "(", ")"));
    }

    /** JSON: {@code {"algorithm": ..., "settings": {...}}}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new TreeMap<>();
        json.put("algorithm", algorithm);
        json.put("settings", settings);
        return json;
    }

    /** @throws InputException if it is not what {@link #json} gives, or {@link #configured} refuses it */
    @Internal
    public static ModelSpec of(JsonValue json) {
        String algorithm = json.get("algorithm").text("");
        if (algorithm.isEmpty()) {
            throw new InputException("a model without the name of its algorithm; allowed: " + Algorithms.names() + ".");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        json.get("settings").entries().forEach((name, value) -> settings.put(name, value.text("")));
        ModelSpec spec = new ModelSpec(algorithm, settings);
        spec.configured();
        return spec;
    }
}
