package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.ItemOptions;
import org.mineral.app.command.output.RankingPrinter;
import org.mineral.app.command.output.ShortLists;
import org.mineral.config.InputException;
import org.mineral.model.Model;
import org.mineral.model.Model.Recommendation;
import org.mineral.model.Models;
import org.mineral.model.SimilarItems;
import org.mineral.model.VectorModel;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Neighbours;
import org.mineral.recommend.RankedItems;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code similar}: neighbours by the cosine of their embeddings. */
@Command(
        name = "similar",
        description = "Items like an item, or users like a user: lines id<TAB>neighbour<TAB>rank<TAB>cosine, and the "
                + "neighbour's title with --items.",
        footer = {"", "Example: mineral similar model --item item-7 --items items.csv --filter colour:red"})
public final class SimilarCommand extends Verb {

    static final class To {
        @Option(names = "--item", paramLabel = "ID", description = "An item.")
        @Nullable
        String item;

        @Option(names = "--user", paramLabel = "ID", description = "A user.")
        @Nullable
        String user;
    }

    @Parameters(paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @ArgGroup(multiplicity = "1")
    To to;

    @Mixin
    ItemOptions items;

    @Option(names = "-n", paramLabel = "N", description = "Length of the list. Default: 20.")
    int n = 20;

    @Override
    protected void run() throws IOException {
        if (n < 1) {
            throw new InputException("-n " + n + " is out of range; allowed: 1 or more.");
        }
        if (to.user != null && (items.choose() || items.titled())) {
            throw new InputException("--items, --only, --exclude and --filter are about items, and --user lists users; "
                    + "leave them out.");
        }
        Model loaded = Models.load(model);
        RankingPrinter lists = new RankingPrinter(console(), json, "id", "neighbour", items.titled());
        if (to.item == null) {
            String user = Objects.requireNonNull(to.user);
            lists.add(user, entries(loaded.require(VectorModel.class).similarUsers(user, n)));
        } else {
            items(loaded, to.item, lists);
        }
        lists.close();
    }

    private void items(Model loaded, String item, RankingPrinter lists) throws IOException {
        SimilarItems similar = loaded.require(SimilarItems.class);
        int index = loaded.items().index(item);
        if (index < 0 || !loaded.population().hasItem(index)) {
            similar.similarItems(item, 1); // refuses, and says what to do
        }
        LoadedModel snapshot = items.snapshot(loaded, this::note);
        Neighbours.Near near = Neighbours.items(snapshot, item, items.request(loaded.items(), n, 0, true, 0));
        lists.add(item, near.entries());
        if (!near.ignored().isEmpty()) {
            note(String.format(
                    Locale.ROOT,
                    "%,d ids in --only and --exclude are unknown to the model and ignored, the first '%s'",
                    near.ignored().size(),
                    near.ignored().get(0)));
        }
        ShortLists tooShort = new ShortLists(n);
        tooShort.add(item, near.entries().size(), near.whyShort());
        tooShort.note(this::note);
    }

    private static List<RankedItems.Entry> entries(List<Recommendation> list) {
        List<RankedItems.Entry> entries = new ArrayList<>();
        for (Recommendation one : list) {
            entries.add(new RankedItems.Entry(one.item(), null, entries.size() + 1, one.score()));
        }
        return entries;
    }
}
