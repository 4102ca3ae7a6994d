package org.mineral.app.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Turns a formula as {@code LossType} writes it, {@code -s_i + lambda log mean_j e^{s_j}}, into MathML, which browsers
 * set as mathematics and screen readers speak. The grammar:
 *
 * <pre>
 *   formula = { atom [ "_" script ] [ "^" script ] }
 *   script  = "{" formula "}" | [ "-" ] atom
 *   atom    = word | number | symbol
 * </pre>
 */
final class Formula {

    private static final Pattern TOKEN =
            Pattern.compile("\\s+|[A-Za-z]+|\\d*\\.?\\d+|<=|>=|!=|->|[^\\sA-Za-z0-9]", Pattern.DOTALL);
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("lambda", "λ"),
            Map.entry("eps", "ε"),
            Map.entry("epsilon", "ε"),
            Map.entry("tau", "τ"),
            Map.entry("alpha", "α"),
            Map.entry("phi", "φ"),
            Map.entry("sigma", "σ"),
            Map.entry("sum", "∑"),
            Map.entry("in", "∈"));
    private static final Map<String, String> SYMBOLS = Map.of("-", "−", "*", "·", "<=", "≤", ">=", "≥", "!=", "≠");
    private static final Set<String> FUNCTIONS =
            Set.of("log", "exp", "max", "min", "mean", "softplus", "sg", "sqrt", "cos");
    private static final Set<String> PROSE = Set.of(
            "with",
            "where",
            "and",
            "if",
            "one",
            "value",
            "a",
            "row",
            "over",
            "of",
            "among",
            "the",
            "nearest",
            "neighbours",
            "users",
            "who",
            "took");

    private final List<String> tokens;
    private int next;

    private Formula(String text) {
        tokens = TOKEN.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(t -> !t.isBlank())
                .toList();
    }

    /** One equation a line: {@code l(u,i) = ...}, and then what is defined after a comma, {@code g = ...}. */
    static List<String> definitions(String formula) {
        return List.of(("l(u, i) = " + formula).split(", (?=[A-Za-z]+(_[A-Za-z]+)? = )"));
    }

    /** The formula as a {@code math} element; its plain text is the text alternative. */
    static String mathml(String text) {
        String body = new Formula(text).sequence();
        return "<math display=\"inline\"><mrow>" + body + "</mrow></math>";
    }

    private String sequence() {
        StringBuilder out = new StringBuilder();
        while (next < tokens.size() && !tokens.get(next).equals("}")) {
            out.append(scripted());
        }
        return out.toString();
    }

    private String scripted() {
        String token = tokens.get(next++);
        String atom = atom(token);
        String below = script("_");
        String above = script("^");
        String under = token.equals("sum") || token.equals("mean") || token.equals("max") ? "munder" : "msub";
        if (!below.isEmpty() && !above.isEmpty()) {
            return "<msubsup>" + atom + below + above + "</msubsup>";
        } else if (!below.isEmpty()) {
            // A space comes after an operator with its range, so that it does not run into its operand.
            String element = "<" + under + ">" + atom + below + "</" + under + ">";
            return under.equals("munder") ? element + "<mspace width=\"0.2em\"/>" : element;
        } else if (!above.isEmpty()) {
            return "<msup>" + atom + above + "</msup>";
        }
        boolean spaced = FUNCTIONS.contains(token)
                && next < tokens.size()
                && Character.isLetter(tokens.get(next).charAt(0));
        return spaced ? atom + "<mspace width=\"0.2em\"/>" : atom;
    }

    private String script(String mark) {
        if (next + 1 >= tokens.size() || !tokens.get(next).equals(mark)) {
            return "";
        }
        next++;
        if (tokens.get(next).equals("{")) {
            next++;
            String body = sequence();
            next++;
            return "<mrow>" + body + "</mrow>";
        }
        String first = atom(tokens.get(next++));
        boolean signed = first.contains("−") && next < tokens.size();
        return signed ? "<mrow>" + first + atom(tokens.get(next++)) + "</mrow>" : first;
    }

    private static String atom(String token) {
        char first = token.charAt(0);
        if (token.equals("sum")) {
            return "<mo movablelimits=\"false\">∑</mo>";
        } else if (token.equals("in")) {
            return "<mo>∈</mo>";
        } else if (FUNCTIONS.contains(token)) {
            return "<mi mathvariant=\"normal\">" + token + "</mi>";
        } else if (PROSE.contains(token)) {
            return "<mtext>&#160;" + token + "&#160;</mtext>";
        } else if (Character.isLetter(first)) {
            return "<mi>" + Html.escape(WORDS.getOrDefault(token, token)) + "</mi>";
        } else if (Character.isDigit(first) || first == '.') {
            return "<mn>" + token + "</mn>";
        }
        // Fences keep the size of a line: stretched ones make the lines of a list jump.
        String symbol = Html.escape(SYMBOLS.getOrDefault(token, token));
        return "()[]{}|".contains(token) ? "<mo stretchy=\"false\">" + symbol + "</mo>" : "<mo>" + symbol + "</mo>";
    }
}
