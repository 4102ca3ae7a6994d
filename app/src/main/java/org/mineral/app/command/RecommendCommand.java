package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.HistoryFile;
import org.mineral.app.command.option.ItemOptions;
import org.mineral.app.command.option.ListFile;
import org.mineral.app.command.option.WhomOptions;
import org.mineral.app.command.option.WhomResolver;
import org.mineral.app.command.output.OutputFile;
import org.mineral.app.command.output.RankingPrinter;
import org.mineral.app.command.output.ShortLists;
import org.mineral.app.json.JsonText;
import org.mineral.config.InputException;
import org.mineral.linalg.Workers;
import org.mineral.model.Models;
import org.mineral.recommend.Audience;
import org.mineral.recommend.Feedback;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Query;
import org.mineral.recommend.RankedItems;
import org.mineral.recommend.Recommendations;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code recommend}: the best items, for users of the training data or for histories; or the best users of an item. */
@Command(
        name = "recommend",
        description = {
            "The best items of users, best first: lines user<TAB>item<TAB>rank<TAB>score, and the title with --items.",
            "With --for-items the best users of items: lines item<TAB>user<TAB>rank<TAB>score."
        },
        footer = {
            "",
            "Examples:",
            "  mineral recommend model --user alice -n 10 --items items.csv --filter genres:Drama",
            "  mineral recommend model --histories newcomers.csv --skip-unknown -o lists.parquet",
            "  mineral recommend model --for-items item-7 -n 100"
        })
public final class RecommendCommand extends Verb {

    @Parameters(paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @ArgGroup(multiplicity = "1")
    WhomOptions whom;

    @Mixin
    ItemOptions items;

    @Option(names = "-n", paramLabel = "N", description = "Length of a list. Default: 20.")
    int n = 20;

    @Option(
            names = "--offset",
            paramLabel = "N",
            description = "How many of the best to leave out at the top: page k begins at k times n. Default: 0.")
    int offset;

    @Option(
            names = "--exclude-seen",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Leave out what the user is known to have taken, in training or held out. Default: yes.")
    boolean excludeSeen = true;

    @Option(
            names = "--diversity",
            paramLabel = "D",
            description = "From 0, the best scores, to 1, items that differ most from each other. Default: 0.")
    double diversity;

    @Option(
            names = "--skip-unknown",
            description =
                    "Leave out users and items that the model does not know, and count them, instead of refusing.")
    boolean skipUnknown;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write the lists there instead: .csv, .tsv or .parquet, with the columns user, item, rank, score, "
                            + "and title with --items.")
    @Nullable
    String output;

    @Override
    protected void run() throws IOException {
        check();
        String of = whom.forItems() ? "item" : "user";
        String listed = whom.forItems() ? "user" : "item";
        if (output == null) {
            RankingPrinter lists = new RankingPrinter(console(), json, of, listed, items.titled());
            write(lists::add);
            lists.close();
            return;
        }
        Path file = OutputFile.check("-o", output);
        ListFile.extension(file);
        try (ListFile lists = new ListFile(file, of, listed, items.titled())) {
            int skipped = write(lists::add);
            long rows = lists.finish();
            if (json) {
                printJson(JsonText.object("lists", output, "rows", rows, "skipped", skipped));
            } else {
                print(String.format(Locale.ROOT, "%s: %,d recommendations", output, rows));
            }
        }
    }

    private void check() {
        if (n < 1) {
            throw new InputException("-n " + n + " is out of range; allowed: 1 or more.");
        }
        if (offset < 0) {
            throw new InputException("--offset " + offset + " is out of range; allowed: 0 or more.");
        }
        if (!(diversity >= 0 && diversity <= 1)) {
            throw new InputException("--diversity " + diversity + " is out of range; allowed: 0 to 1.");
        }
        if (whom.forItems() && (items.choose() || offset > 0 || diversity > 0)) {
            throw new InputException(
                    "--for-items lists users, and --only, --exclude, --filter, --offset and --diversity "
                            + "choose items; leave them out.");
        }
    }

    /** Makes the lists; returns how many users, histories or items were left out as unknown. */
    private int write(BiConsumer<String, List<RankedItems.Entry>> lists) throws IOException {
        LoadedModel loaded = items.snapshot(Models.load(model), this::note);
        WhomResolver people = new WhomResolver(whom, loaded.model(), skipUnknown, this::note);
        ShortLists tooShort = new ShortLists(n);
        try (Workers workers = new Workers(threads())) {
            if (whom.forItems()) {
                Audience.of(loaded, people.items(), n, !excludeSeen, workers, audience -> {
                    lists.accept(audience.item(), audience.users());
                    tooShort.add(audience.item(), audience.users().size(), audience.whyShort());
                });
            } else {
                Query query = items.request(loaded.model().items(), n, offset, !excludeSeen, diversity);
                items.noteIgnored(loaded.model().items(), query, this::note);
                recommend(loaded, people, query, workers, list -> {
                    String of = list.whom() == null ? WhomResolver.NOBODY : list.whom();
                    lists.accept(of, list.items());
                    tooShort.add(of, list.items().size(), list.how().whyShort());
                });
            }
        }
        tooShort.note(this::note);
        return people.skipped();
    }

    private void recommend(
            LoadedModel loaded, WhomResolver people, Query query, Workers workers, Consumer<RankedItems> to)
            throws IOException {
        Recommendations recommendations = new Recommendations(Feedback.NONE);
        if (whom.histories()) {
            HistoryFile known = people.histories();
            recommendations.histories(loaded, known.names(), known.items(), query, workers, to);
        } else {
            recommendations.users(loaded, people.users(), query, workers, to);
        }
    }
}
