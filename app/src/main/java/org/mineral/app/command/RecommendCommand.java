package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.app.Json;
import org.mineral.app.command.option.HistoryFile;
import org.mineral.app.command.option.HistoryOptions;
import org.mineral.app.command.option.IdFiles;
import org.mineral.app.command.option.ItemOptions;
import org.mineral.app.command.option.ListFile;
import org.mineral.app.command.output.OutputFile;
import org.mineral.app.command.output.RankingPrinter;
import org.mineral.app.command.output.ShortLists;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.service.Audience;
import org.mineral.app.serve.service.LoadedModel;
import org.mineral.app.serve.service.RecommendRequest;
import org.mineral.app.serve.service.RecommendResponse;
import org.mineral.app.serve.service.Recommendations;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.IdMap;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.Models;
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

    /** The first column for a history, which belongs to no user of the model. */
    static final String NOBODY = "-";

    private static final int CHUNK = 4096;

    static final class Whom {
        @Option(names = "--user", paramLabel = "ID", description = "One user.")
        @Nullable
        String user;

        @Option(names = "--users", paramLabel = "FILE", description = "Users, one id a line; - is standard input.")
        @Nullable
        String users;

        @Option(names = "--all", description = "All users whom the model can recommend to.")
        boolean all;

        @ArgGroup(exclusive = false)
        @Nullable
        HistoryOptions history;

        @Option(
                names = "--histories",
                paramLabel = "FILE",
                description = "Several people who were not in training: a file of interactions in any format of DATA, "
                        + "such as lines user,item.")
        @Nullable
        Path histories;

        @Option(
                names = "--for-items",
                paramLabel = "ITEM,ITEM",
                description = "The other way round: whom to show these items.")
        @Nullable
        String forItems;

        @Option(
                names = "--for-items-file",
                paramLabel = "FILE",
                description = "The same, an item a line; - is standard input.")
        @Nullable
        String forItemsFile;
    }

    @Parameters(paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @ArgGroup(multiplicity = "1")
    Whom whom;

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

    private int skipped;

    /** Where lists go. */
    private interface Sink {
        void add(String of, List<RecommendResponse.Entry> list) throws IOException;
    }

    @Override
    protected void run() throws IOException {
        checkNumbers();
        int team = threads();
        String of = forItems() ? "item" : "user";
        String listed = forItems() ? "user" : "item";
        if (output == null) {
            RankingPrinter lists = new RankingPrinter(console(), json, of, listed, items.titled());
            write(lists::add, team);
            lists.close();
            return;
        }
        Path file = OutputFile.check("-o", output);
        ListFile.extension(file);
        try (ListFile lists = new ListFile(file, of, listed, items.titled())) {
            write(lists::add, team);
            long rows = lists.finish();
            if (json) {
                printJson(Json.object("lists", output, "rows", rows, "skipped", skipped));
            } else {
                print(String.format(Locale.ROOT, "%s: %,d recommendations", output, rows));
            }
        }
    }

    private void checkNumbers() {
        if (n < 1) {
            throw new InputException("-n " + n + " is out of range; allowed: 1 or more.");
        }
        if (offset < 0) {
            throw new InputException("--offset " + offset + " is out of range; allowed: 0 or more.");
        }
        if (!(diversity >= 0 && diversity <= 1)) {
            throw new InputException("--diversity " + diversity + " is out of range; allowed: 0 to 1.");
        }
        if (forItems() && (items.choose() || offset > 0 || diversity > 0)) {
            throw new InputException(
                    "--for-items lists users, and --only, --exclude, --filter, --offset and --diversity "
                            + "choose items; leave them out.");
        }
    }

    private boolean forItems() {
        return whom.forItems != null || whom.forItemsFile != null;
    }

    private void write(Sink lists, int team) throws IOException {
        LoadedModel snapshot = items.snapshot(Models.load(model), this::note);
        ShortLists tooShort = new ShortLists(n);
        try (Workers workers = new Workers(team)) {
            if (forItems()) {
                forItems(snapshot, lists, tooShort, workers);
            } else {
                RecommendRequest wish = items.wish(snapshot.catalogue().items(), n, offset, !excludeSeen, diversity);
                noteIgnored(snapshot.catalogue().items(), wish);
                recommend(snapshot, wish, lists, tooShort, workers);
            }
        }
        tooShort.note(this::note);
    }

    private void noteIgnored(IdMap known, RecommendRequest wish) {
        List<String> ids = new ArrayList<>(wish.exclude());
        ids.addAll(wish.only() == null ? List.of() : wish.only());
        List<String> unknown = ids.stream().filter(id -> known.index(id) < 0).toList();
        if (!unknown.isEmpty()) {
            note(String.format(
                    Locale.ROOT,
                    "%,d of %,d ids in --only and --exclude are unknown to the model and ignored, the first '%s'",
                    unknown.size(),
                    ids.size(),
                    unknown.get(0)));
        }
    }

    private void recommend(
            LoadedModel snapshot, RecommendRequest wish, Sink lists, ShortLists tooShort, Workers workers)
            throws IOException {
        Recommendations recommendations = new Recommendations(new Histories());
        if (whom.history != null || whom.histories != null) {
            HistoryFile people = whom.history != null
                    ? one(snapshot, whom.history)
                    : several(snapshot, Objects.requireNonNull(whom.histories));
            for (int from = 0; from < people.names().size(); from += CHUNK) {
                int to = Math.min(people.names().size(), from + CHUNK);
                write(
                        recommendations.histories(
                                snapshot,
                                people.names().subList(from, to),
                                people.items().subList(from, to),
                                wish,
                                workers),
                        lists,
                        tooShort);
            }
            return;
        }
        List<String> ids = users(snapshot.model());
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            write(recommendations.users(snapshot, chunk, wish, workers), lists, tooShort);
        }
    }

    private static void write(List<RecommendResponse> answers, Sink lists, ShortLists tooShort) throws IOException {
        for (RecommendResponse answer : answers) {
            String whom = answer.whom() == null ? NOBODY : answer.whom();
            lists.add(whom, answer.items());
            tooShort.add(whom, answer.items().size(), answer.how().whyShort());
        }
    }

    private void forItems(LoadedModel snapshot, Sink lists, ShortLists tooShort, Workers workers) throws IOException {
        IdMap known = snapshot.catalogue().items();
        List<String> ids = whom.forItemsFile != null
                ? IdFiles.read("--for-items-file", whom.forItemsFile, known)
                : ItemOptions.split(whom.forItems == null ? "" : whom.forItems, known);
        if (ids.isEmpty() && whom.forItems != null) {
            throw new InputException("--for-items names no item; allowed: ids with commas between.");
        }
        ids = once(ids, whom.forItemsFile, "items");
        ids.forEach(id -> checkItem(whom.forItems != null ? "--for-items" : "--for-items-file", id, snapshot.model()));
        int named = ids.size();
        List<String> kept = ids.stream()
                .filter(id -> HistoryFile.isKnown(snapshot.model(), id))
                .toList();
        skip(named - kept.size(), named, "items");
        for (int from = 0; from < kept.size(); from += CHUNK) {
            List<String> chunk = kept.subList(from, Math.min(kept.size(), from + CHUNK));
            for (Audience audience : Audience.of(snapshot, chunk, n, !excludeSeen, workers)) {
                lists.add(audience.item(), audience.users());
                tooShort.add(audience.item(), audience.users().size(), audience.whyShort());
            }
        }
    }

    /** Ids of the users to be listed, of all of whom something was learnt. */
    private List<String> users(Model loaded) throws IOException {
        if (whom.all) {
            return IntStream.range(0, loaded.users().size())
                    .filter(loaded.population()::hasUser)
                    .mapToObj(loaded.users()::id)
                    .toList();
        }
        List<String> given = whom.users == null
                ? List.of(String.valueOf(whom.user))
                : once(IdFiles.read("--users", whom.users, loaded.users()), whom.users, "users");
        List<String> known = new ArrayList<>();
        for (String id : given) {
            if (loaded.users().index(id) >= 0) {
                known.add(id);
            } else if (!skipUnknown) {
                loaded.recommend(id, 1); // refuses, and says what to do
            }
        }
        skip(given.size() - known.size(), given.size(), "users");
        return learnt(loaded, known);
    }

    /** Those of whom something was learnt; the others are left out and counted, or refused if there is nobody else. */
    private List<String> learnt(Model loaded, List<String> ids) {
        List<String> learnt = ids.stream()
                .filter(id -> loaded.ranksFor(loaded.users().index(id)))
                .toList();
        int others = ids.size() - learnt.size();
        if (learnt.isEmpty() && others > 0 && !skipUnknown) {
            loaded.recommend(ids.get(0), 1); // refuses, and says what to do
        } else if (others > 0) {
            skipped += others;
            note(String.format(
                    Locale.ROOT,
                    "%,d of %,d users have no training interactions, so nothing was learnt about them; left out",
                    others,
                    ids.size()));
        }
        return learnt;
    }

    /**
     * Each id once, where it comes first; what came again, and that a file has none, is noted.
     *
     * @param file that the ids are from; null if they were given themselves
     */
    private List<String> once(List<String> ids, @Nullable String file, String what) {
        if (ids.isEmpty() && file != null) {
            nothingIn(file, what);
        }
        List<String> distinct = ids.stream().distinct().toList();
        if (distinct.size() < ids.size()) {
            note(String.format(
                    Locale.ROOT,
                    "%,d of %,d %s are named again; each is listed once",
                    ids.size() - distinct.size(),
                    ids.size(),
                    what));
        }
        return distinct;
    }

    private void nothingIn(String file, String what) {
        note((file.equals(IdFiles.STDIN) ? "standard input" : file) + " has no " + what + "; nothing to list");
    }

    private HistoryFile one(LoadedModel snapshot, HistoryOptions given) throws IOException {
        Map<String, Double> history = new LinkedHashMap<>();
        for (String id : given.ids(snapshot.catalogue().items())) {
            checkItem(given.option(), id, snapshot.model());
            if (HistoryFile.isKnown(snapshot.model(), id)) {
                // What was taken again counts as taken last.
                history.remove(id);
                history.put(id, 1.0);
            }
        }
        if (history.isEmpty()) {
            skip(1, 1, "histories");
            return new HistoryFile(List.of(), List.of(), 0, 1);
        }
        return new HistoryFile(List.of(NOBODY), List.of(history), 0, 0);
    }

    private HistoryFile several(LoadedModel snapshot, Path file) {
        HistoryFile people = HistoryFile.read(file, snapshot.model(), skipUnknown);
        if (people.names().isEmpty() && people.leftOut() == 0) {
            nothingIn(file.toString(), "histories");
        }
        if (people.unknownItems() > 0) {
            note(String.format(
                    Locale.ROOT, "%,d items of %s are unknown to the model; left out", people.unknownItems(), file));
        }
        skip(people.leftOut(), people.leftOut() + people.names().size(), "users");
        return people;
    }

    private void skip(int count, int of, String what) {
        skipped += count;
        if (count > 0) {
            note(String.format(Locale.ROOT, "%,d of %,d %s are unknown to the model; left out", count, of, what));
        }
    }

    private void checkItem(String option, String id, Model loaded) {
        IdMap known = loaded.items();
        if (skipUnknown || HistoryFile.isKnown(loaded, id)) {
            return;
        }
        String advice = "leave it out, or have such items left out by --skip-unknown.";
        if (known.index(id) >= 0) {
            throw new InputException(option + ": item '" + id
                    + "' has no training interactions, so nothing was learnt about it; " + advice);
        }
        String nearest = id.length() > 64 || id.chars().allMatch(Character::isDigit)
                ? ""
                : Names.nearest(id, known.ids())
                        .map(name -> " Did you mean '" + name + "'?")
                        .orElse("");
        throw new InputException(option + ": unknown item '" + id + "'." + nearest + " The model knows " + known.size()
                + " items, listed in its items.tsv; " + advice);
    }
}
