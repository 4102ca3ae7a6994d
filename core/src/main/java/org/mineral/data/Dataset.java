package org.mineral.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.data.text.IdText;

/**
 * Users, items and their interactions in three disjoint parts of the same shape, users x items: train, valid and test.
 * Valid and test may be empty. The catalogue is all items of all parts, indexed in the order of first appearance, train
 * first. Immutable.
 */
public final class Dataset {

    public static final String DROPPED_FROM_VALID = "pairs of train dropped from valid";
    public static final String DROPPED_FROM_TEST = "pairs of train or valid dropped from test";

    /** Note with the number of items that are in a part because rows with equal times keep the order of the file. */
    public static final String VALID_TIED = "validation items chosen among equal times by the order of the file";

    /** As {@link #VALID_TIED}. */
    public static final String TEST_TIED = "test items chosen among equal times by the order of the file";

    private final String name;
    private final IdMap users;
    private final IdMap items;
    private final Interactions train;
    private final Interactions valid;
    private final Interactions test;
    private final @Nullable Events events;
    private final Attributes userAttributes;
    private final Attributes itemAttributes;
    private final DataReport report;
    private volatile @Nullable String hash;

    public Dataset(
            String name,
            IdMap users,
            IdMap items,
            Interactions train,
            Interactions valid,
            Interactions test,
            @Nullable Events events,
            DataReport report) {
        this(
                name,
                users,
                items,
                train,
                valid,
                test,
                events,
                Attributes.none(users.size()),
                Attributes.none(items.size()),
                report);
    }

    private Dataset(
            String name,
            IdMap users,
            IdMap items,
            Interactions train,
            Interactions valid,
            Interactions test,
            @Nullable Events events,
            Attributes userAttributes,
            Attributes itemAttributes,
            DataReport report) {
        for (Interactions part : new Interactions[] {train, valid, test}) {
            if (part.users() != users.size() || part.items() != items.size()) {
                throw new IllegalArgumentException("a part of " + part.users() + " x " + part.items() + " beside "
                        + users.size() + " users and " + items.size() + " items");
            }
        }
        if (userAttributes.rows() != users.size() || itemAttributes.rows() != items.size()) {
            throw new IllegalArgumentException(
                    "attributes of " + userAttributes.rows() + " users and " + itemAttributes.rows() + " items beside "
                            + users.size() + " users and " + items.size() + " items");
        }
        this.name = name;
        this.users = users;
        this.items = items;
        this.train = train;
        this.valid = valid;
        this.test = test;
        this.events = events;
        this.userAttributes = userAttributes;
        this.itemAttributes = itemAttributes;
        this.report = report;
    }

    /**
     * From parts in memory; pairs of an earlier part are dropped from the later ones.
     *
     * @throws IllegalArgumentException if a part is not users x items
     * @throws InputException if an id is blank, or has a NUL character or half a surrogate pair
     */
    public static Dataset of(
            String name, IdMap users, IdMap items, Interactions train, Interactions valid, Interactions test) {
        IdText.check(name, "user", users.ids());
        IdText.check(name, "item", items.ids());
        return ofKnown(name, users, items, train, valid, test);
    }

    /** The same with ids as they are: those of a model, which may have any that its files hold. */
    @Internal
    public static Dataset ofKnown(
            String name, IdMap users, IdMap items, Interactions train, Interactions valid, Interactions test) {
        Interactions newInValid = valid.minus(train);
        Interactions newInTest = test.minus(train).minus(newInValid);
        DataReport report = DataReport.EMPTY
                .plus(DROPPED_FROM_VALID, valid.size() - newInValid.size())
                .plus(DROPPED_FROM_TEST, test.size() - newInTest.size());
        return new Dataset(name, users, items, train, newInValid, newInTest, null, report);
    }

    /** From parts in memory; the ids of users and items are their indices "0", "1", ... */
    public static Dataset of(String name, Interactions train, Interactions valid, Interactions test) {
        return of(name, IdMap.numbered(train.users()), IdMap.numbered(train.items()), train, valid, test);
    }

    /** A name for messages: the last part of the path, or the built-in name. */
    public String name() {
        return name;
    }

    public IdMap users() {
        return users;
    }

    public IdMap items() {
        return items;
    }

    public Interactions train() {
        return train;
    }

    public Interactions valid() {
        return valid;
    }

    public Interactions test() {
        return test;
    }

    /** Ratings and times of all pairs of all parts, or null if the source has neither. */
    public @Nullable Events events() {
        return events;
    }

    /** Attributes of the users; {@link Attributes#isEmpty} if nothing is known of them. */
    public Attributes userAttributes() {
        return userAttributes;
    }

    /** Attributes of the items. */
    public Attributes itemAttributes() {
        return itemAttributes;
    }

    /** Whether there are attributes of users or of items. */
    public boolean hasAttributes() {
        return !userAttributes.isEmpty() || !itemAttributes.isEmpty();
    }

    /**
     * The same data with attributes.
     *
     * @throws IllegalArgumentException if they are of another number of users or items
     */
    public Dataset withAttributes(Attributes ofUsers, Attributes ofItems) {
        return new Dataset(name, users, items, train, valid, test, events, ofUsers, ofItems, report);
    }

    /** The report of reading and cleaning. */
    public DataReport report() {
        return report;
    }

    /**
     * The training interactions, each with its rating to a power; without ratings only the power 0 is allowed, with which all are 1.
     *
     * @throws InputException if there are no ratings, or a value is not a positive number within the range of a float
     */
    public SparseMatrix weightedTrain(double power) {
        if (power == 0) {
            return SparseMatrix.ofOnes(train);
        }
        double[] ratings = events == null ? null : events.of(train).ratings();
        if (ratings == null) {
            throw new InputException(
                    name + ": found no ratings; a rating_power other than 0 needs data that have them.");
        }
        float[] weights = new float[ratings.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) Math.pow(ratings[k], power);
            if (!(weights[k] > 0 && Float.isFinite(weights[k]))) {
                throw new InputException(
                        name + ": found a training interaction with the rating " + ratings[k]
                                + ", which is no weight with rating_power = " + power
                                + "; allowed: ratings above 0. Leave the others out with min_rating, or set rating_power to 0.");
            }
        }
        return new SparseMatrix(train, weights);
    }

    /** Train and valid together: the interactions known before the test part, which are left out of the lists evaluated on it. */
    public Interactions seen() {
        return train.union(valid);
    }

    /** All interactions of all parts. */
    public Interactions all() {
        return seen().union(test);
    }

    /**
     * Splits all interactions again, regardless of their present part. A split by time divides the rows that were read: rows of a pair are
     * merged within a part, and a pair of an earlier part is dropped from the later ones.
     */
    public Dataset split(Split split) {
        Dataset parts = divided(all(), split, null);
        DataReport noted = parts.report
                .plus("users left without an interaction in train", parts.train.emptyRows())
                .plus(
                        "items left without an interaction in train",
                        parts.train.transpose().emptyRows());
        return parts(parts.train, parts.valid, parts.test, parts.events, noted);
    }

    /** As {@link #holdOut(HoldOut, long)}, at random. */
    public Dataset holdOut(double share, long seed) {
        return holdOut(new HoldOut(share, HoldOut.Order.RANDOM), seed);
    }

    /**
     * Moves a share of each user's train interactions to valid, for early stopping and tuning on data without a valid part. Rounding is as in
     * {@link Split#random}: a user with one interaction keeps it.
     *
     * @throws InputException if the last interactions are wanted and there are neither times nor a file order
     */
    public Dataset holdOut(HoldOut share, long seed) {
        Dataset held = divided(train, share.split(seed), Split.TRAIN);
        DataReport noted = held.report.plus("interactions of train held out for validation", held.valid.size());
        return parts(held.train, valid.union(held.valid), test, held.events, noted);
    }

    /**
     * Assigns these pairs to the parts that a split gives them.
     *
     * @param part the part whose rows are divided, or null for all rows
     */
    private Dataset divided(Interactions pairs, Split split, @Nullable Byte part) {
        boolean asked = events != null && (split.chronological() || events.repeats() != null);
        Events known = asked && events != null ? events.of(pairs) : null;
        Timeline rows = Timeline.of(pairs, known, part);
        byte[] ofRows = split.assign(rows);
        byte[] parts = rows.ofPairs(ofRows);
        RepeatedRows repeats = known == null ? null : known.repeats();
        DataReport noted = report.plus(DROPPED_FROM_VALID, rows.dropped(ofRows, Split.VALID))
                .plus(DROPPED_FROM_TEST, rows.dropped(ofRows, Split.TEST));
        if (split.chronological()) {
            noted = noted.plus(VALID_TIED, rows.tied(ofRows, Split.VALID))
                    .plus(TEST_TIED, rows.tied(ofRows, Split.TEST));
        }
        return parts(
                pairs.select(k -> parts[k] == Split.TRAIN),
                pairs.select(k -> parts[k] == Split.VALID),
                pairs.select(k -> parts[k] == Split.TEST),
                events == null || repeats == null ? events : events.in(pairs, rows.ofRepeats(ofRows, repeats)),
                noted);
    }

    /** Train and valid merged into train, valid empty: for the final training after all settings are chosen. */
    public Dataset withValidInTrain() {
        Interactions none = Interactions.empty(users.size(), items.size());
        Events together = events;
        RepeatedRows repeats = events == null ? null : events.repeats();
        if (events != null && repeats != null) {
            byte[] parts = repeats.parts().clone();
            for (int r = 0; r < parts.length; r++) {
                parts[r] = parts[r] == Split.VALID ? Split.TRAIN : parts[r];
            }
            together = events.in(parts);
        }
        return parts(seen(), none, test, together, report);
    }

    /** The same data with another validation part, on which a run is evaluated after each epoch. */
    public Dataset judgedBy(Interactions part) {
        return part == valid ? this : parts(train, part, test, events, report);
    }

    /** The same data with further users and items, of whom there are no interactions; ids that are known already change nothing. */
    public Dataset withMore(List<String> moreUsers, List<String> moreItems) {
        IdMap allUsers = users.followedBy(moreUsers);
        IdMap allItems = items.followedBy(moreItems);
        if (allUsers.size() == users.size() && allItems.size() == items.size()) {
            return this;
        }
        Interactions pairs = all().widened(allUsers.size(), allItems.size());
        return new Dataset(
                name,
                allUsers,
                allItems,
                train.widened(allUsers.size(), allItems.size()),
                valid.widened(allUsers.size(), allItems.size()),
                test.widened(allUsers.size(), allItems.size()),
                events == null
                        ? null
                        : events.at(pairs, IntStream.range(0, pairs.size()).toArray()),
                userAttributes.of(users, allUsers),
                itemAttributes.of(items, allItems),
                report);
    }

    /** The same users, items and attributes with other parts; for selections of these interactions. */
    public Dataset withParts(Interactions newTrain, Interactions newValid, Interactions newTest) {
        return parts(newTrain, newValid, newTest, events, report);
    }

    private Dataset parts(
            Interactions newTrain,
            Interactions newValid,
            Interactions newTest,
            @Nullable Events events,
            DataReport report) {
        return new Dataset(
                name, users, items, newTrain, newValid, newTest, events, userAttributes, itemAttributes, report);
    }

    /**
     * A copy with ratings, times or an order.
     *
     * @param events of {@link #all} pairs
     * @throws IllegalArgumentException if they are of other pairs
     */
    public Dataset withEvents(Events events) {
        if (!events.pairs().equals(all())) {
            throw new IllegalArgumentException("events of " + events.pairs() + " for " + all());
        }
        return parts(train, valid, test, events, report);
    }

    /** This data set with a model's indices. */
    public AlignedDataset aligned(IdMap modelUsers, IdMap modelItems) {
        return AlignedDataset.of(this, modelUsers, modelItems);
    }

    /** The {@link DataFingerprint} of the three parts and the attributes; two data sets of equal content in equal order agree. */
    public String hash() {
        String known = hash;
        if (known == null) {
            known = DataFingerprint.of(this);
            hash = known;
        }
        return known;
    }

    /**
     * What results on these data depend on, by name: {@code data_hash}, which says nothing of ratings and of times or order, and hashes of these where
     * they are known. Results of another identity are results of other data.
     */
    public Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("data_hash", hash());
        if (events != null && events.ratings() != null) {
            identity.put("ratings", String.valueOf(Arrays.hashCode(events.ratings())));
        }
        if (events != null && events.moments() != null) {
            identity.put("order", String.valueOf(Arrays.hashCode(events.moments())));
        }
        return identity;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d train, %,d valid, %,d test",
                name,
                users.size(),
                items.size(),
                train.size(),
                valid.size(),
                test.size());
    }
}
