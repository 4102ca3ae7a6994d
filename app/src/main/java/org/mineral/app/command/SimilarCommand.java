package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.app.command.option.Ranges;
import org.mineral.app.command.option.ranking.ItemOptions;
import org.mineral.app.command.output.RankingPrinter;
import org.mineral.app.command.output.ShortLists;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.SimilarItems;
import org.mineral.model.VectorModel;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Neighbours;
import org.mineral.recommend.Query;
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

    @Option(
            names = "--by",
            paramLabel = "HOW",
            description =
                    "What makes items similar: taste (who takes them), attributes (of the model's side file), or both. Default: taste.")
    String by = "taste";

    @Option(names = "-n", paramLabel = "N", description = "Length of the list. Default: 20.")
    int n = 20;

    @Override
    protected void run() throws IOException {
        Ranges.check("-n", n, 1);
        if (to.user != null && (items.choose() || items.titled() || !by.equals("taste"))) {
            throw new InputException(
                    "--items, --only, --exclude, --filter and --by are about items, and --user lists users; "
                            + "leave them out.");
        }
        Neighbours.Near near = near(Models.load(model));
        String of = to.item == null ? Objects.requireNonNull(to.user) : to.item;
        RankingPrinter lists = new RankingPrinter(console(), json, "id", "neighbour", items.titled());
        lists.add(of, near.entries());
        lists.close();
        ShortLists tooShort = new ShortLists(n);
        tooShort.add(of, near.entries().size(), near.whyShort());
        tooShort.note(this::note);
    }

    private Neighbours.Near near(Model model) throws IOException {
        LoadedModel loaded = items.loaded(model, this::note);
        if (to.item == null) {
            String user = Objects.requireNonNull(to.user);
            model.require(VectorModel.class).similarUsers(user, 1); // refuses an unknown user, and says what to do
            return new Neighbours.Near(Neighbours.users(loaded, user, n), null, List.of());
        }
        Neighbours.By how = Names.constant(Neighbours.By.class, "--by", by);
        SimilarItems similar = model.require(SimilarItems.class);
        int index = model.items().index(to.item);
        if (index < 0 || how == Neighbours.By.TASTE && !model.population().hasItem(index)) {
            similar.similarItems(to.item, 1); // refuses, and says what to do
        }
        Query query = items.query(model.items(), n, 0, true, 0);
        items.noteIgnored(model.items(), query, this::note);
        return Neighbours.items(loaded, to.item, query, how);
    }
}
