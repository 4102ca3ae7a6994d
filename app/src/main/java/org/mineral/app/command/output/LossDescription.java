package org.mineral.app.command.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mineral.app.json.JsonText;
import org.mineral.config.Config;
import org.mineral.loss.Losses;
import org.mineral.loss.row.LossType;

/** Losses with their formulas, defaults and parameters. */
public final class LossDescription {

    private LossDescription() {}

    /** A line for each loss: name and formula. */
    public static List<String> table() {
        return Losses.names().stream()
                .map(name ->
                        String.format(Locale.ROOT, "%-17s %s", name, type(name).formula()))
                .toList();
    }

    /** The rows of the table in docs/reference/losses.md, in Markdown, below its head. */
    public static List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| name | l(u,i) | own parameters (defaults) | similarity, t | candidates | source |");
        lines.add("|---|---|---|---|---|---|");
        Losses.names().forEach(name -> lines.add(row(name)));
        return lines;
    }

    private static String row(String name) {
        LossType type = type(name);
        String parameters = Config.describe(Losses.recordOf(name)).stream()
                .map(parameter -> "`" + parameter.name() + "` " + parameter.fallback())
                .collect(Collectors.joining(", "));
        String temperature =
                type.tempered() ? String.valueOf(type.temperature()).replaceFirst("\\.0$", "") : "no t";
        return String.format(
                Locale.ROOT,
                "| `%s` | `%s` | %s | %s, %s | `%s` | %s |",
                name,
                type.formula(),
                parameters,
                type.similarity().name().toLowerCase(Locale.ROOT),
                temperature,
                type.candidates(),
                type.source());
    }

    /** One loss with its source, its defaults and its parameters. */
    public static List<String> lines(String name) {
        LossType type = type(name);
        List<String> lines = new ArrayList<>();
        lines.add(type.name());
        lines.add("  l(u,i)       " + type.formula());
        lines.add("  source       " + type.source());
        lines.add("  similarity   " + type.similarity().name().toLowerCase(Locale.ROOT));
        lines.add("  temperature  " + (type.tempered() ? type.temperature() : "none (t = 1)"));
        lines.add("  candidates   " + type.candidates());
        for (Config.Description parameter : Config.describe(Losses.recordOf(name))) {
            String allowed = parameter.choices().isEmpty()
                    ? parameter.min() + " to " + parameter.max()
                    : String.join(", ", parameter.choices());
            lines.add("  --set " + parameter.name() + "=" + parameter.fallback() + "  (" + allowed + ") "
                    + parameter.doc());
        }
        return lines;
    }

    /** One loss as JSON. */
    public static Map<String, Object> json(String name) {
        LossType type = type(name);
        List<Map<String, Object>> parameters = Config.describe(Losses.recordOf(name)).stream()
                .map(p -> JsonText.object(
                        "name", p.name(),
                        "default", p.fallback(),
                        "min", p.min(),
                        "max", p.max(),
                        "choices", p.choices(),
                        "doc", p.doc()))
                .toList();
        return JsonText.object(
                "name", type.name(),
                "formula", type.formula(),
                "source", type.source(),
                "similarity", type.similarity().name().toLowerCase(Locale.ROOT),
                "tempered", type.tempered(),
                "temperature", type.tempered() ? type.temperature() : 1.0,
                "candidates", type.candidates(),
                "parameters", parameters);
    }

    private static LossType type(String name) {
        return Losses.typeOf(Losses.recordOf(name));
    }
}
