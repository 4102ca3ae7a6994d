package org.mineral.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.IdMap;

/** From ids to indices and back, with errors that help. */
final class Lookup {

    /** Longer ids are not compared with all others to find the nearest. */
    private static final int LONGEST = 64;

    private Lookup() {}

    static int user(IdMap users, String id) {
        return index("user", users, id, "For a person who was not in training, give their items: --history ITEM,ITEM.");
    }

    static int item(IdMap items, String id) {
        return index("item", items, id, "Items are known by the ids of the training data; items.tsv lists them.");
    }

    static int count(int n) {
        if (n < 1) {
            throw new InputException("n = " + n + " recommendations were asked for; allowed: 1 or more.");
        }
        return n;
    }

    static List<Model.Recommendation> named(IdMap ids, Model.Ranking ranking) {
        List<Model.Recommendation> named = new ArrayList<>(ranking.items().length);
        for (int r = 0; r < ranking.items().length; r++) {
            named.add(new Model.Recommendation(ids.id(ranking.items()[r]), ranking.scores()[r]));
        }
        return named;
    }

    static void checkUsers(int[] users, int size) {
        for (int user : users) {
            if (user < 0 || user >= size) {
                throw new IllegalArgumentException("user index " + user + "; allowed: 0 to " + (size - 1));
            }
        }
    }

    private static int index(String what, IdMap ids, String id, String advice) {
        int index = ids.index(id);
        if (index >= 0) {
            return index;
        }
        // Between numbers, a near spelling means nothing.
        boolean nameLike = id.length() <= LONGEST && !id.chars().allMatch(Character::isDigit);
        String nearest = nameLike
                ? Names.nearest(id, ids.ids())
                        .map(name -> " Did you mean '" + name + "'?")
                        .orElse("")
                : "";
        String shown = id.length() <= LONGEST ? id : id.substring(0, LONGEST) + "...";
        throw new InputException(String.format(
                Locale.ROOT,
                "unknown %s '%s'.%s The model knows %,d %ss. %s",
                what,
                shown,
                nearest,
                ids.size(),
                what,
                advice));
    }
}
