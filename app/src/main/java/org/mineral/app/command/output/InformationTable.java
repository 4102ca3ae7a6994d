package org.mineral.app.command.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mineral.app.json.JsonText;
import org.mineral.config.Names;
import org.mineral.eval.information.Critic;
import org.mineral.eval.information.Information;
import org.mineral.eval.information.InformationBounds;

/** Bounds of the information of scores, as text and JSON. */
public final class InformationTable {

    private InformationTable() {}

    /** The bounds side by side: each critic as the model was trained, and at its best scale. */
    public static List<String> lines(String part, Information.Result result) {
        List<InformationBounds> columns =
                Stream.concat(result.own().stream(), result.best().stream()).toList();
        List<String> lines = new ArrayList<>();
        lines.add(head(
                "nats, " + part + " part",
                Stream.concat(
                        result.own().stream().map(c -> "as trained"),
                        result.best().stream().map(c -> "best b"))));
        lines.add(head("T(u, i)", columns.stream().map(c -> c.critic() == Critic.SCORE ? "b s" : "b s - log p(i)")));
        lines.add(row("b", columns.stream().map(InformationBounds::scale).toList()));
        lines.add(row("NWJ", columns.stream().map(InformationBounds::nwj).toList()));
        lines.add(row(
                "Donsker-Varadhan",
                columns.stream().map(InformationBounds::donskerVaradhan).toList()));
        lines.add(row(
                String.format(Locale.ROOT, "InfoNCE, M = %,d", result.candidates()),
                columns.stream().map(InformationBounds::infoNce).toList()));
        lines.add(row(
                "Barber-Agakov",
                columns.stream().map(InformationBounds::barberAgakov).toList()));
        lines.add(String.format(
                Locale.ROOT,
                "%-26s%16.4f  (of %,d pairs taken as the true distribution; no bound exceeds it)",
                "information",
                result.information(),
                result.pairs()));
        return lines;
    }

    /** What was left out. */
    public static List<String> notes(Information.Result result) {
        List<String> notes = new ArrayList<>();
        if (result.leftOut() > 0) {
            notes.add(String.format(Locale.ROOT, "%,d pairs left out: the model has seen them", result.leftOut()));
        }
        if (result.unlearnt() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,d pairs left out: nothing was learnt about the user or the item",
                    result.unlearnt()));
        }
        return notes;
    }

    private static String head(String name, Stream<String> titles) {
        return String.format(Locale.ROOT, "%-26s", name)
                + titles.map(title -> String.format(Locale.ROOT, "%16s", title)).collect(Collectors.joining());
    }

    private static String row(String name, List<Double> values) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-26s", name));
        values.forEach(v -> row.append(
                Math.abs(v) < 1e6 ? String.format(Locale.ROOT, "%16.4f", v) : String.format(Locale.ROOT, "%16.2e", v)));
        return row.toString();
    }

    /** The same as a JSON document. */
    public static Map<String, Object> document(String part, Information.Result result, double seconds) {
        return JsonText.object(
                "part", part,
                "pairs", result.pairs(),
                "leftOut", result.leftOut(),
                "unlearnt", result.unlearnt(),
                "users", result.users(),
                "candidates", result.candidates(),
                "information", result.information(),
                "own", result.own().stream().map(InformationTable::json).toList(),
                "best", result.best().stream().map(InformationTable::json).toList(),
                "seconds", seconds);
    }

    /** One critic's bounds. */
    static Map<String, Object> json(InformationBounds bounds) {
        return JsonText.object(
                "critic", Names.kebab(bounds.critic()),
                "scale", bounds.scale(),
                "nwj", bounds.nwj(),
                "donskerVaradhan", bounds.donskerVaradhan(),
                "infoNce", bounds.infoNce(),
                "barberAgakov", bounds.barberAgakov());
    }
}
