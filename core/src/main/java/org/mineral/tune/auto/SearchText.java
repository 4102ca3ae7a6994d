package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.mineral.tune.auto.SearchReport.Contender;
import org.mineral.tune.auto.SearchReport.Trial;

/** A search in a few lines for people: what was tried, what was chosen, how sure that is. */
record SearchText(SearchReport report) {

    List<String> lines() {
        Double chosen = report.chosen();
        if (chosen == null) {
            return List.of(
                    report.cut()
                            ? "search: the time was up before anything was measured; the first settings stay"
                            : "search: nothing could be measured, for too few interactions can be held out, trials take too long beside"
                                    + " the training, or that of the first settings failed; they stay");
        }
        List<String> lines = new ArrayList<>(List.of(head()));
        if (report.contenders().isEmpty()) {
            report.changes()
                    .forEach(change -> lines.add(format(
                            "  %s: NDCG@20 %+.1f %% (standard error %.1f)",
                            text(change.settings()), 100 * change.gain(), 100 * change.error())));
            lines.add(together(chosen));
        } else {
            report.contenders().forEach(contender -> lines.add(line(contender)));
            String best = report.contenders().get(0).algorithm();
            if (!best.equals(report.algorithm())) {
                lines.add("  " + report.algorithm() + " cannot be told from " + best + " and is cheaper to serve");
            }
        }
        return lines;
    }

    private String head() {
        long ended = report.trials().stream().filter(Trial::ended).count();
        return format(
                "search: %s%s, judged by %s%s%s",
                SearchReport.tried(report.trials().size()),
                ended == 0 ? "" : " (" + ended + " ended early)",
                judgedBy(),
                report.users() < report.ofUsers()
                        ? format(", on %,d of %,d users and all items", report.users(), report.ofUsers())
                        : "",
                report.cut() ? "; the time was up before all were tried" : "");
    }

    private String together(double chosen) {
        Double rule = report.rule();
        Double gain = report.gain();
        Double error = report.gainError();
        return rule == null || gain == null || error == null || report.changes().isEmpty()
                ? format("  nothing was clearly better than the first settings (NDCG@20 %.4f)%s", chosen, closest())
                : format(
                        "  together: NDCG@20 %.4f, the first settings %.4f: %+.1f %% (standard error %.1f)",
                        chosen, rule, 100 * gain, 100 * error);
    }

    /** The best of what was not taken. */
    private String closest() {
        return report.trials().stream()
                .filter(trial -> trial.gain() != null && trial.error() != null)
                .max(Comparator.comparingDouble(trial -> Objects.requireNonNull(trial.gain())))
                .map(trial -> format(
                        "; best of the others: %s, %+.1f %% (standard error %.1f)",
                        text(trial.settings()),
                        100 * Objects.requireNonNull(trial.gain()),
                        100 * Objects.requireNonNull(trial.error())))
                .orElse("");
    }

    private String line(Contender contender) {
        Double value = contender.validation();
        if (value == null) {
            return "  " + contender.algorithm() + ": no result: " + contender.failure();
        }
        double best = value - contender.difference();
        return format("  %s: NDCG@20 %.4f, best of %d", contender.algorithm(), value, contender.trials())
                + (contender == report.contenders().get(0)
                        ? ""
                        : format(
                                ", %+.1f %% (standard error %.1f; p: %s by t, %s by Wilcoxon)",
                                100 * contender.difference() / best,
                                100 * contender.error() / best,
                                p(contender.tPValue()),
                                p(contender.wilcoxonPValue())))
                + (contender.algorithm().equals(report.algorithm()) ? "  taken" : "");
    }

    /** See {@link SearchReport#judgedBy}. */
    String judgedBy() {
        String heldOut = report.heldOut();
        if (heldOut.equals(HeldOut.OWN)) {
            return "the validation part";
        }
        if (heldOut.equals(HeldOut.LATER)) {
            return "the latest tenth of the interactions";
        }
        if (heldOut.equals(HeldOut.LAST)) {
            return "the last interaction of each user";
        }
        String which = heldOut.startsWith("last")
                ? "the last interactions of each user"
                : heldOut.startsWith("popularity")
                        ? "interactions held out so that items count alike"
                        : "interactions held out at random";
        return which + (report.repeats() > 1 ? ", " + report.repeats() + " times" : "");
    }

    private static String p(double value) {
        return value < 0.001 ? "< .001" : format("%.3f", value);
    }

    private static String text(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(s -> s.getKey() + "=" + s.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
