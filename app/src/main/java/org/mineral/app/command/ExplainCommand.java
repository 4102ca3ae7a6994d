package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.Ranges;
import org.mineral.app.command.option.ranking.PersonOptions;
import org.mineral.app.command.option.ranking.TargetResolver;
import org.mineral.app.serve.service.Documents;
import org.mineral.data.text.EscapedText;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.recommend.Catalogue;
import org.mineral.recommend.Explanation;
import org.mineral.recommend.Feedback;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Recommendations;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: the terms of a score. */
@Command(
        name = "explain",
        description = {
            "Why an item has its score: what each item of the history and each attribute adds to it.",
            "Lines of what it is (item, item-attribute, user-attribute), id or name, contribution and, with --items, title,"
                    + " the largest first; then others (not listed), rest (what neither explains) and score, their sum."
        },
        footer = {
            "",
            "Examples:",
            "  mineral explain model item-7 --user alice --items items.csv",
            "  mineral explain model item-7 --history item-1,item-2"
        })
public final class ExplainCommand extends Verb {

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @Parameters(index = "1", paramLabel = "ITEM", description = "The item whose score is explained.")
    String item;

    @ArgGroup(multiplicity = "1")
    PersonOptions person;

    @Option(
            names = "--items",
            paramLabel = "FILE",
            description = "Titles of items: a table with a header such as item,title,genres.")
    @Nullable
    Path table;

    @Option(
            names = "-n",
            paramLabel = "N",
            description = "Most items, and most attributes, that are listed. Default: 10.")
    int n = 10;

    @Override
    protected void run() throws IOException {
        Ranges.check("-n", n, 1);
        Model known = Models.load(model);
        if (known.items().index(item) < 0) {
            TargetResolver.refuseUnknown(known, "ITEM", item, "correct it.");
        }
        Explanation why = explain(LoadedModel.of(known, Catalogue.of(known, table, this::note)));
        print(lines(why), () -> Documents.of(why));
    }

    private Explanation explain(LoadedModel loaded) throws IOException {
        Recommendations recommendations = new Recommendations(Feedback.NONE);
        String user = person.user(loaded.model());
        return user == null
                ? recommendations.explainHistory(loaded, person.history(loaded.model()), item, n)
                : recommendations.explainUser(loaded, user, item, n);
    }

    private List<String> lines(Explanation why) {
        List<String> lines = new ArrayList<>();
        why.contributions().forEach(of -> lines.add(line("item", of.item(), of.contribution(), of.title())));
        why.attributes()
                .forEach(of -> lines.add(
                        line(of.ofUser() ? "user-attribute" : "item-attribute", of.name(), of.value(), null)));
        lines.add(line("others", "", why.others(), null));
        lines.add(line("rest", "", why.rest(), null));
        lines.add(line("score", why.item(), why.score(), why.title()));
        return lines;
    }

    private String line(String what, String of, double value, @Nullable String title) {
        String last = table == null ? "" : "\t" + EscapedText.escape(Objects.requireNonNullElse(title, ""));
        return what + "\t" + EscapedText.escape(of) + "\t" + (float) value + last;
    }
}
