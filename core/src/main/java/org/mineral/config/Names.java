package org.mineral.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Public names: snake case for settings, kebab case for choices; finds the nearest to a misspelt one. */
public final class Names {

    private Names() {}

    /** {@code learningRate} to {@code learning_rate}. */
    public static String snake(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** {@code IN_BATCH} to {@code in-batch}. */
    public static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant with this public name.
     *
     * @param what is chosen, for the message
     * @throws InputException for a name that none has
     */
    public static <E extends Enum<E>> E constant(Class<E> type, String what, String name) {
        List<E> constants = List.of(type.getEnumConstants());
        return constants.stream()
                .filter(constant -> kebab(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> InputException.unknown(
                        what, name, constants.stream().map(Names::kebab).toList()));
    }

    /** The allowed name at the smallest edit distance, if it is close enough to be a typing error, or one with this prefix. */
    public static Optional<String> nearest(String found, Collection<String> allowed) {
        String wanted = found.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, wanted.length() / 2);
        return allowed.stream()
                .min(Comparator.comparingInt(name -> editDistance(wanted, name)))
                .filter(name -> editDistance(wanted, name) <= limit)
                .or(() -> allowed.stream()
                        .filter(name -> !wanted.isEmpty() && name.startsWith(wanted))
                        .findFirst());
    }

    /** Levenshtein distance: insertions, deletions and substitutions, each at cost 1. */
    static int editDistance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
