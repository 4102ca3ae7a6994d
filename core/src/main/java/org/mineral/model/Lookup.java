package org.mineral.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.config.Names;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.model.rank.Ranking;

/** Translates ids to indices and checks arguments, with helpful errors. */
@Internal
public final class Lookup {

    /** The longest id for which the nearest known id is searched. */
    private static final int LONGEST = 64;

    private Lookup() {}

    static int user(IdMap users, @Nullable String id) {
        return index(
                "user",
                users,
                id,
                Hint.of("for a person who was not in training, give their items", Hint.Action.HISTORY));
    }

    static int item(IdMap items, @Nullable String id) {
        return index("item", items, id);
    }

    /** The index of a user; refused if the model cannot rank for them. */
    static int learntUser(Model model, @Nullable String id) {
        int row = user(model.users(), id);
        if (!model.ranksFor(row)) {
            throw new InputException(
                    "user '" + id + "' has no training interactions, so nothing was learnt about them.",
                    Hint.of("give their items instead", Hint.Action.HISTORY));
        }
        return row;
    }

    /** The index of an item; refused if the model cannot rank it. */
    static int learntItem(Model model, @Nullable String id) {
        int row = item(model.items(), id);
        if (!model.population().hasItem(row)) {
            throw new InputException(
                    "item '" + id + "' has no training interactions, so nothing was learnt about it and"
                            + " it is like no other. Train the model on data in which somebody took it.");
        }
        return row;
    }

    static int count(int n) {
        if (n < 1) {
            throw new InputException("n = " + n + " recommendations were asked for; allowed: 1 or more.");
        }
        return n;
    }

    static List<Model.Recommendation> named(IdMap ids, Ranking ranking) {
        List<Model.Recommendation> named = new ArrayList<>(ranking.items().length);
        for (int r = 0; r < ranking.items().length; r++) {
            named.add(new Model.Recommendation(ids.id(ranking.items()[r]), ranking.scores()[r]));
        }
        return named;
    }

    static void checkUsers(int[] users, int size) {
        for (int user : users) {
            checkUser(user, size);
        }
    }

    /** @throws IllegalArgumentException if there is no such user */
    public static void checkUser(int user, int size) {
        if (user < 0 || user >= size) {
            throw new IllegalArgumentException("user index " + user + "; allowed: 0 to " + (size - 1));
        }
    }

    /** @throws IllegalArgumentException if there is no such item */
    public static void checkItem(int item, int size) {
        if (item < 0 || item >= size) {
            throw new IllegalArgumentException("item index " + item + "; allowed: 0 to " + (size - 1));
        }
    }

    /** @throws InputException if interactions have another shape than users x items */
    public static void checkShape(Interactions interactions, IdMap users, IdMap items) {
        if (interactions.users() != users.size() || interactions.items() != items.size()) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%,d x %,d interactions for %,d users and %,d items; the counts must agree.",
                    interactions.users(),
                    interactions.items(),
                    users.size(),
                    items.size()));
        }
    }

    /** @throws IllegalArgumentException if a user or k is out of range, or the exclusions are of more items than there are */
    public static void checkRanking(int[] rows, int k, Interactions exclude, IdMap users, IdMap items) {
        checkUsers(rows, Math.min(users.size(), exclude.users()));
        if (k < 0 || exclude.items() > items.size()) {
            throw new IllegalArgumentException("k = " + k + ", exclusions of " + exclude.items()
                    + " items; allowed: 0 or more, exclusions of the model's " + items.size() + " items");
        }
    }

    /**
     * The distinct items in ascending order.
     *
     * @throws InputException if an index is out of range
     */
    static int[] ascending(int[] excluded, IdMap items) {
        boolean ascends = true;
        for (int k = 0; k < excluded.length; k++) {
            if (excluded[k] < 0 || excluded[k] >= items.size()) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "the item index %d is to be left out; the model's are 0 to %d.",
                        excluded[k],
                        items.size() - 1));
            }
            ascends &= k == 0 || excluded[k] > excluded[k - 1];
        }
        return ascends ? excluded : Arrays.stream(excluded).sorted().distinct().toArray();
    }

    private static int index(String what, IdMap ids, @Nullable String id, Hint... hints) {
        if (id == null) {
            throw new InputException(String.format(
                    Locale.ROOT, "the %s is null; give the id of one of the model's %,d %ss.", what, ids.size(), what));
        }
        int index = ids.index(id);
        if (index >= 0) {
            return index;
        }
        // A similar number is not a likely misspelling.
        boolean nameLike = id.length() <= LONGEST && !id.chars().allMatch(Character::isDigit);
        String nearest = nameLike
                ? Names.nearest(id, ids.ids())
                        .map(name -> " Did you mean '" + name + "'?")
                        .orElse("")
                : "";
        String shown = id.length() <= LONGEST ? id : id.substring(0, LONGEST) + "...";
        String known = String.format(
                Locale.ROOT, "unknown %s '%s'.%s The model knows %,d %ss.", what, shown, nearest, ids.size(), what);
        if (hints.length == 0) {
            throw new InputException(known + " They have the ids of the training data; " + what + "s.tsv lists them.");
        }
        throw new InputException(known, hints);
    }
}
