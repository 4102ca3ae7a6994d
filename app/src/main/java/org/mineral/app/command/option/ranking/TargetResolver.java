package org.mineral.app.command.option.ranking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.IdMap;
import org.mineral.model.Model;
import org.mineral.recommend.Recommendations;

/** Resolves {@link TargetOptions} against a model; unknown ids are refused, or left out and counted. */
public final class TargetResolver {

    /** The first column for a history, which belongs to no user of the model. */
    public static final String NO_USER = "-";

    private final TargetOptions target;
    private final Model loaded;
    private final boolean skipUnknown;
    private final Consumer<String> notes;
    private int skipped;

    /**
     * @param skipUnknown whether what the model does not know is left out instead of refused
     * @param notes receives what is left out
     */
    public TargetResolver(TargetOptions target, Model loaded, boolean skipUnknown, Consumer<String> notes) {
        this.target = target;
        this.loaded = loaded;
        this.skipUnknown = skipUnknown;
        this.notes = notes;
    }

    /** Users, histories or items that were left out so far. */
    public int skipped() {
        return skipped;
    }

    /** The histories that are given. */
    public HistoryFile histories() throws IOException {
        return target.history != null ? one(target.history) : several(Objects.requireNonNull(target.histories));
    }

    /** Attributes by name, if somebody is given by them; otherwise none. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String given : target.attributes == null ? List.<String>of() : target.attributes) {
            int at = given.indexOf('=');
            if (at < 1 || at == given.length() - 1) {
                throw new InputException("--attributes: found '" + given
                        + "'; allowed: NAME=VALUE, such as genres=Drama|Crime; correct it.");
            }
            String value = given.substring(at + 1);
            attributes.merge(given.substring(0, at), value, (some, more) -> some + "|" + more);
        }
        return attributes;
    }

    /** Ids of the items to list users for. */
    public List<String> items() throws IOException {
        IdMap known = loaded.items();
        List<String> ids = target.forItemsFile != null
                ? IdFiles.read("--for-items-file", target.forItemsFile, known)
                : ItemOptions.split(target.forItems == null ? "" : target.forItems, known);
        if (ids.isEmpty() && target.forItems != null) {
            throw new InputException("--for-items names no item; allowed: ids separated by commas.");
        }
        ids = once(ids, target.forItemsFile, "items");
        ids.forEach(id -> checkItem(target.forItems != null ? "--for-items" : "--for-items-file", id));
        int named = ids.size();
        List<String> kept =
                ids.stream().filter(id -> HistoryFile.isKnown(loaded, id)).toList();
        skip(named - kept.size(), named, "items");
        return kept;
    }

    /** Ids of the users to recommend to, about all of whom something was learnt. */
    public List<String> users() throws IOException {
        if (target.all) {
            return IntStream.range(0, loaded.users().size())
                    .filter(loaded.population()::hasUser)
                    .mapToObj(loaded.users()::id)
                    .toList();
        }
        List<String> given = target.users == null
                ? List.of(String.valueOf(target.user))
                : once(IdFiles.read("--users", target.users, loaded.users()), target.users, "users");
        List<String> known = new ArrayList<>();
        for (String id : given) {
            if (loaded.users().index(id) >= 0) {
                known.add(id);
            } else if (!skipUnknown) {
                loaded.recommend(id, 1); // refuses, and says what to do
            }
        }
        skip(given.size() - known.size(), given.size(), "users");
        return learnt(known);
    }

    /** Those about whom something was learnt; the others are left out and counted, or refused if no user is left. */
    private List<String> learnt(List<String> ids) {
        List<String> learnt = ids.stream()
                .filter(id -> loaded.ranksFor(loaded.users().index(id)))
                .toList();
        int others = ids.size() - learnt.size();
        if (learnt.isEmpty() && others > 0 && !skipUnknown) {
            loaded.recommend(ids.get(0), 1); // refuses, and says what to do
        } else if (others > 0) {
            skipped += others;
            notes.accept(String.format(
                    Locale.ROOT,
                    "%,d of %,d users have no training interactions, so nothing was learnt about them; left out",
                    others,
                    ids.size()));
        }
        return learnt;
    }

    /**
     * Each id once, in the order of first occurrence; repetitions and an empty file are noted.
     *
     * @param file that the ids are from; null if they were given themselves
     */
    private List<String> once(List<String> ids, @Nullable String file, String what) {
        if (ids.isEmpty() && file != null) {
            nothingIn(file, what);
        }
        List<String> distinct = ids.stream().distinct().toList();
        if (distinct.size() < ids.size()) {
            notes.accept(String.format(
                    Locale.ROOT,
                    "%,d of %,d %s are repeated; each is listed once",
                    ids.size() - distinct.size(),
                    ids.size(),
                    what));
        }
        return distinct;
    }

    private void nothingIn(String file, String what) {
        notes.accept((file.equals(IdFiles.STDIN) ? "standard input" : file) + " has no " + what + "; nothing to list");
    }

    private HistoryFile one(HistoryOptions given) throws IOException {
        List<String> ids = given.ids(loaded.items());
        ids.forEach(id -> checkItem(given.option(), id));
        Map<String, Double> history = Recommendations.weights(
                ids.stream().filter(id -> HistoryFile.isKnown(loaded, id)).toList());
        if (history.isEmpty()) {
            skip(1, 1, "histories");
            return new HistoryFile(List.of(), List.of(), 0, 1);
        }
        return new HistoryFile(List.of(NO_USER), List.of(history), 0, 0);
    }

    private HistoryFile several(Path file) {
        HistoryFile read = HistoryFile.read(file, loaded, skipUnknown);
        if (read.names().isEmpty() && read.leftOut() == 0) {
            nothingIn(file.toString(), "histories");
        }
        if (read.unknownItems() > 0) {
            notes.accept(String.format(
                    Locale.ROOT, "%,d items of %s are unknown to the model; left out", read.unknownItems(), file));
        }
        skip(read.leftOut(), read.leftOut() + read.names().size(), "users");
        return read;
    }

    private void skip(int count, int of, String what) {
        skipped += count;
        if (count > 0) {
            notes.accept(
                    String.format(Locale.ROOT, "%,d of %,d %s are unknown to the model; left out", count, of, what));
        }
    }

    private void checkItem(String option, String id) {
        if (!skipUnknown) {
            refuseUnknown(loaded, option, id, "leave it out, or have such items left out by --skip-unknown.");
        }
    }

    /** Refuses an item about which nothing was learnt, and says why. */
    public static void refuseUnknown(Model loaded, String option, String id, String advice) {
        IdMap known = loaded.items();
        if (HistoryFile.isKnown(loaded, id)) {
            return;
        }
        String whole = advice + (option.equals("--history") ? " An id that has a comma is given by --item." : "");
        if (known.index(id) >= 0) {
            throw new InputException(option + ": item '" + id
                    + "' has no training interactions, so nothing was learnt about it; " + whole);
        }
        String nearest = id.length() > 64 || id.chars().allMatch(Character::isDigit)
                ? ""
                : Names.nearest(id, known.ids())
                        .map(name -> " Did you mean '" + name + "'?")
                        .orElse("");
        throw new InputException(option + ": unknown item '" + id + "'." + nearest + " The model knows " + known.size()
                + " items, listed in its items.tsv; " + whole);
    }
}
