package org.mineral.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.app.Json;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.Model.Recommendation;
import org.mineral.model.Models;
import org.mineral.model.PopularityModel;
import org.mineral.train.FoldIn;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code recommend}: the best items, for users of the training data or for a history. */
@Command(
        name = "recommend",
        description = "The best items of users, best first: lines user<TAB>item<TAB>rank<TAB>score.",
        footer = {"", "Example: mineral recommend model --user alice -n 10"})
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
    }

    @Parameters(paramLabel = "MODEL", description = "A model's directory.")
    Path model;

    @ArgGroup(multiplicity = "1")
    Whom whom;

    @Option(names = "-n", paramLabel = "N", description = "Length of a list. Default: 20.")
    int n = 20;

    @Option(
            names = "--exclude-seen",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Leave out what the user is known to have taken, in training or held out. Default: yes.")
    boolean excludeSeen = true;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write the lists there instead: .csv, .tsv or .parquet, with the columns user, item, rank, score.")
    @Nullable
    String output;

    @Override
    protected void run() throws IOException {
        if (n < 1) {
            throw new InputException("-n " + n + " is out of range; allowed: 1 or more.");
        }
        int team = threads();
        if (output == null) {
            Lists lists = new Lists(console(), json, "user", "item");
            recommend(lists::add, team);
            lists.close();
            return;
        }
        Path file = OutputFile.check("-o", output);
        ListFile.extension(file);
        try (ListFile lists = new ListFile(file)) {
            recommend(lists::add, team);
            long rows = lists.finish();
            if (json) {
                printJson(Json.object("lists", output, "rows", rows));
            } else {
                print(String.format(Locale.ROOT, "%s: %,d recommendations", output, rows));
            }
        }
    }

    /** Where lists go. */
    private interface Sink {
        void add(String user, List<Recommendation> list) throws IOException;
    }

    private void recommend(Sink lists, int team) throws IOException {
        Model loaded = Models.load(model);
        List<String> ids = ids(loaded);
        if (whom.history != null) {
            lists.add(NOBODY, ofHistory(loaded, whom.history.indices(loaded.items())));
        } else {
            for (String id : ids) {
                if (loaded.users().index(id) < 0) {
                    loaded.recommend(id, 1); // refuses, and says what to do
                }
            }
            ofUsers(loaded, learnt(loaded, ids), lists, team);
        }
    }

    /** Those of whom something was learnt; the others are left out and counted, or refused if there is nobody else. */
    private List<String> learnt(Model loaded, List<String> ids) {
        List<String> learnt = ids.stream()
                .filter(id -> hasUser(loaded, loaded.users().index(id)))
                .toList();
        if (learnt.isEmpty() && !ids.isEmpty()) {
            loaded.recommend(ids.get(0), 1); // refuses, and says what to do
        } else if (learnt.size() < ids.size()) {
            note(String.format(
                    Locale.ROOT,
                    "%,d of %,d users have no training interactions, so nothing was learnt about them; left out",
                    ids.size() - learnt.size(),
                    ids.size()));
        }
        return learnt;
    }

    /** Popularity is recommended to everybody. */
    private static boolean hasUser(Model loaded, int user) {
        return loaded instanceof PopularityModel || loaded.population().hasUser(user);
    }

    private List<String> ids(Model loaded) throws IOException {
        if (whom.user != null) {
            return List.of(whom.user);
        } else if (whom.users != null) {
            return IdFiles.read("--users", whom.users, loaded.users());
        } else if (whom.all) {
            List<String> all = new ArrayList<>();
            for (int u = 0; u < loaded.users().size(); u++) {
                if (loaded.population().hasUser(u)) {
                    all.add(loaded.users().id(u));
                }
            }
            return all;
        }
        return List.of();
    }

    private void ofUsers(Model loaded, List<String> ids, Sink lists, int team) throws IOException {
        Interactions exclude = excludeSeen
                ? loaded.known()
                : Interactions.empty(loaded.users().size(), loaded.items().size());
        try (Workers workers = new Workers(team)) {
            for (int from = 0; from < ids.size(); from += CHUNK) {
                List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
                int[] users = chunk.stream().mapToInt(loaded.users()::index).toArray();
                List<Model.Ranking> rankings =
                        loaded.rank(users, Math.min(n, loaded.items().size()), exclude, workers);
                for (int k = 0; k < users.length; k++) {
                    lists.add(chunk.get(k), named(loaded.items(), rankings.get(k)));
                }
            }
        }
    }

    private static List<Recommendation> named(IdMap items, Model.Ranking ranking) {
        List<Recommendation> named = new ArrayList<>();
        for (int r = 0; r < ranking.items().length; r++) {
            named.add(new Recommendation(items.id(ranking.items()[r]), ranking.scores()[r]));
        }
        return named;
    }

    private List<Recommendation> ofHistory(Model loaded, int[] history) {
        int[] items = Arrays.stream(history).sorted().distinct().toArray();
        int[] exclude = excludeSeen ? items : new int[0];
        if (loaded instanceof FactorModel factors) {
            return factors.recommend(FoldIn.vector(factors, items), n, exclude);
        } else if (loaded instanceof PopularityModel) {
            return best(loaded.scores(0), loaded, exclude);
        }
        throw new InputException("a model of the kind " + loaded.name() + " cannot take --history; give --user.");
    }

    private List<Recommendation> best(float[] scores, Model loaded, int[] exclude) {
        IdMap items = loaded.items();
        return java.util.stream.IntStream.range(0, scores.length)
                .filter(i -> loaded.population().hasItem(i) && Arrays.binarySearch(exclude, i) < 0)
                .boxed()
                .sorted((a, b) -> scores[a] == scores[b] ? a - b : Float.compare(scores[b], scores[a]))
                .limit(n)
                .map(i -> new Recommendation(items.id(i), scores[i]))
                .toList();
    }
}
