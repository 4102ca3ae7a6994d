package org.mineral.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Invalid input from the user: a setting, an argument, a file. The message is written for that user: what
 * was found, what is allowed, and what to do next. What to do may be said by {@link Hint hints}, which an application
 * puts into words of its own.
 */
public class InputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final transient List<Hint> hints;

    public InputException(String message) {
        super(message);
        problem = message;
        hints = List.of();
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
        problem = message;
        hints = List.of();
    }

    /** @param problem what was found and what is allowed, with a full stop, colon or semicolon at its end */
    public InputException(String problem, Hint... hints) {
        super(message(problem, Arrays.asList(hints), Hint::text));
        this.problem = problem;
        this.hints = List.of(hints);
    }

    /** The same refusal as another one, with its hints. */
    protected InputException(InputException same) {
        super(same.getMessage(), same);
        problem = same.problem;
        hints = same.hints();
    }

    /** What to do next, one way or another; empty if the message says it itself. */
    public List<Hint> hints() {
        return hints == null ? List.of() : hints;
    }

    /** The message with the hints in somebody's words. */
    public String message(Function<Hint, String> words) {
        return hints().isEmpty() ? String.valueOf(getMessage()) : message(problem, hints(), words);
    }

    private static String message(String problem, List<Hint> hints, Function<Hint, String> words) {
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
