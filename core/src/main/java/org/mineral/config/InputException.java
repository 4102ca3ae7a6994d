package org.mineral.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Invalid input from the user: a setting, an argument, a file. The message is written for that user: what
 * was found, what is allowed, and what to do next. What to do may be said by {@link Hint hints}, and settings be named by
 * {@link SettingName}, which an application puts into words of its own.
 */
public class InputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final transient Object[] parts;
    private final transient List<Hint> hints;

    public InputException(String message) {
        this(message, new Object[0], List.of(), null);
    }

    public InputException(String message, Throwable cause) {
        this(message, new Object[0], List.of(), cause);
    }

    /** @param problem what was found and what is allowed, with a full stop, colon or semicolon at its end */
    public InputException(String problem, Hint... hints) {
        this(problem, new Object[0], List.of(hints), null);
    }

    private InputException(String problem, Object[] parts, List<Hint> hints, @Nullable Throwable cause) {
        super(message(format(problem, parts), hints, Hint::text), cause);
        this.problem = problem;
        this.parts = parts.clone();
        this.hints = hints;
    }

    /**
     * A refusal that names settings.
     *
     * @param problem as of {@link #InputException(String, Hint...)}, with {@code %s} for each of the parts
     * @param parts texts, and {@link SettingName}s
     */
    public static InputException naming(String problem, Object... parts) {
        return new InputException(problem, parts, List.of(), null);
    }

    /** The same refusal as another one, with its hints. */
    protected InputException(InputException same) {
        super(same.getMessage(), same);
        problem = same.problem;
        parts = same.parts;
        hints = same.hints();
    }

    /** What to do next, one way or another; empty if the message says it itself. */
    public List<Hint> hints() {
        return hints == null ? List.of() : hints;
    }

    /** The message with the hints in other words. */
    public String message(Function<Hint, String> words) {
        return message(words, SettingName::toString);
    }

    /** The message with the hints and the settings that it names in other words. */
    public String message(Function<Hint, String> words, Function<SettingName, String> settings) {
        if (parts == null || parts.length == 0 && hints.isEmpty()) {
            return String.valueOf(getMessage());
        }
        Object[] named = Arrays.stream(parts)
                .map(part -> part instanceof SettingName setting ? settings.apply(setting) : part)
                .toArray();
        return message(format(problem, named), hints(), words);
    }

    private static String format(String problem, Object... parts) {
        return parts.length == 0 ? problem : String.format(Locale.ROOT, problem, parts);
    }

    private static String message(String problem, List<Hint> hints, Function<Hint, String> words) {
        if (hints.isEmpty()) {
            return problem;
        }
        String advice = hints.stream().map(words).collect(Collectors.joining(", or "));
        return problem.endsWith(".")
                ? problem + " " + advice.substring(0, 1).toUpperCase(Locale.ROOT) + advice.substring(1) + "."
                : problem + " " + advice;
    }

    /** A name that is none of the allowed ones; the message suggests the nearest. */
    public static InputException unknown(String what, String found, Collection<String> allowed) {
        String nearest = Names.nearest(found, allowed)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
        return new InputException(
                "unknown " + what + " '" + found + "'." + nearest + " Allowed: " + String.join(", ", allowed) + ".");
    }
}
