package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.OutputFile;
import org.mineral.app.command.option.ranking.RankingOptions;
import org.mineral.app.command.option.ranking.TargetOptions;
import org.mineral.app.command.output.ListFile;
import org.mineral.app.command.output.RankedLists;
import org.mineral.app.command.output.RankingPrinter;
import org.mineral.app.json.JsonText;
import org.mineral.linalg.Workers;
import org.mineral.model.Models;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.RankedItems;
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
    TargetOptions target;

    @Mixin
    RankingOptions ranking = new RankingOptions();

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
        ranking.check(target.forItems());
        String of = target.forItems() ? "item" : "user";
        String listed = target.forItems() ? "user" : "item";
        boolean titled = ranking.items().titled();
        if (output == null) {
            RankingPrinter lists = new RankingPrinter(console(), json, of, listed, titled);
            write(lists::add);
            lists.close();
            return;
        }
        try (ListFile lists = new ListFile(OutputFile.check("-o", output), of, listed, titled)) {
            int skipped = write(lists::add);
            long rows = lists.finish();
            print(
                    String.format(Locale.ROOT, "%s: %,d recommendations", output, rows),
                    () -> JsonText.object("lists", output, "rows", rows, "skipped", skipped));
        }
    }

    private int write(BiConsumer<String, List<RankedItems.Entry>> to) throws IOException {
        LoadedModel loaded = ranking.items().loaded(Models.load(model), this::note);
        try (Workers workers = new Workers(threads())) {
            return new RankedLists(target, ranking, loaded, skipUnknown, this::note).write(to, workers);
        }
    }
}
