package org.mineral.app.report;

import static org.mineral.app.report.Html.escape;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.eval.information.Critic;
import org.mineral.eval.information.InformationBounds;
import org.mineral.tune.compare.ComparisonResult;
import org.mineral.tune.compare.ComparisonResult.Entry;

/** The report's section on the information of the scores about the test pairs, in nats, if it was measured. */
final class InformationSection {

    private InformationSection() {}

    /** The bounds of the corrected critic at its best scale: the most that the scores are shown to know. */
    static @Nullable InformationBounds bounds(Entry entry) {
        return entry.information() == null
                ? null
                : entry.information().best().stream()
                        .filter(b -> b.critic() == Critic.CORRECTED)
                        .findFirst()
                        .orElse(null);
    }

    static String section(ComparisonResult result) {
        List<Entry> entries =
                result.entries().stream().filter(e -> bounds(e) != null).toList();
        if (entries.isEmpty()) {
            return "";
        }
        return "<section id=\"information\" aria-labelledby=\"h-information\">"
                + "<h2 id=\"h-information\">Information in the scores</h2>"
                + "<p>Lower bounds of the information between users and their test items, in nats beyond popularity among the"
                + " items that a user has not seen. An average over all pairs, most of which cannot be predicted: it says"
                + " little about the top of a list, which the metrics above judge.</p>"
                + Tables.table(
                        result,
                        "Lower bounds of information on the test part, nats",
                        List.of("NWJ", "Donsker-Varadhan", "InfoNCE", "Barber-Agakov").stream()
                                .map(Tables::th)
                                .collect(Collectors.joining()),
                        entries.stream().map(InformationSection::row).collect(Collectors.joining("\n")))
                + "</section>";
    }

    private static String row(Entry entry) {
        InformationBounds b = bounds(entry);
        return b == null
                ? ""
                : "<tr><th scope=\"row\">" + escape(entry.name()) + "</th>" + cell(b.nwj()) + cell(b.donskerVaradhan())
                        + cell(b.infoNce()) + cell(b.barberAgakov()) + "</tr>";
    }

    private static String cell(double nats) {
        return Sections.number(String.format(Locale.ROOT, "%.3f", nats));
    }
}
