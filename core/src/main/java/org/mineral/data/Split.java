package org.mineral.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.mineral.config.InputException;
import org.mineral.data.text.DataErrors;
import org.mineral.random.Permutations;
import org.mineral.random.Streams;

/** How interactions are divided into train, valid and test. The same seed and data give the same split. */
public sealed interface Split
        permits EvenItems, Split.PerUser, Split.Tail, Split.Global, Split.Cold, Split.Chronological, Split.Last {

    /** Values of {@link #assign}. */
    byte TRAIN = 0;

    byte VALID = 1;

    byte TEST = 2;

    /** The kinds that {@link #parse} accepts. */
    List<String> KINDS =
            List.of("random", "global-random", "popularity", "time", "tail", "last", "cold-user", "cold-item");

    /**
     * The part of each row.
     *
     * @return {@link #TRAIN}, {@link #VALID} or {@link #TEST} for each row
     * @throws InputException if the split needs times and there are none
     */
    byte[] assign(Timeline rows);

    /**
     * Whether rows are divided by time. Then the rows of a pair may fall into several parts. Within a part they are merged, and the pair
     * belongs to the earliest part, because an item that a user already had is not a new one to predict. Other splits divide pairs with all
     * their rows.
     */
    default boolean chronological() {
        return false;
    }

    /**
     * Each user's interactions at random. Of n interactions, floor(valid n + v) go to valid and floor(test n + w) to
     * test, v and w uniform in [0, 1) for each user: so the shares hold on average for every n, and users with few interactions are not all
     * rounded to the same side. Each user keeps at least one in train.
     */
    static Split random(double train, double valid, double test, long seed) {
        return new PerUser(new Shares(train, valid, test), seed);
    }

    /** All interactions at random, regardless of the user; users may end up without train interactions. */
    static Split globalRandom(double train, double valid, double test, long seed) {
        return new Global(new Shares(train, valid, test), seed);
    }

    /**
     * Valid and test drawn so that items count alike, whatever their popularity: of each item as many interactions, at most half of them. Each
     * user keeps at least one in train.
     */
    static Split popularity(double train, double valid, double test, long seed) {
        return new EvenItems(new Shares(train, valid, test), seed);
    }

    /**
     * By two points in time that are the same for all users: everything before the first is train, everything from the second on is test.
     * They are chosen so that the shares of rows are met as closely as the timestamps allow; rows with equal times stay together. Users may
     * end up without train interactions.
     */
    static Split time(double train, double valid, double test) {
        return new Chronological(new Shares(train, valid, test));
    }

    /**
     * Each user's last rows to test, those before them to valid. A user keeps at least one in train; users with too few rows get fewer in
     * valid, then fewer in test. Equal times keep the order of the file.
     */
    static Split lastN(int valid, int test) {
        return new Last(valid, test, false);
    }

    /** As {@link #lastN}; where there are no times, by the order of the file, if that was kept. */
    static Split lastNInFile(int valid, int test) {
        return new Last(valid, test, true);
    }

    /**
     * Each user's last share to test, the one before it to valid: by time, equal times in the order of the file, or by that order
     * alone, if there are no times and it was kept (the reading option {@code keep_order}). The numbers are drawn as by {@link #random}: with the
     * same seed each part has the same size, and only the choice differs.
     */
    static Split tail(double train, double valid, double test, long seed) {
        return new Tail(new Shares(train, valid, test), seed);
    }

    /** Whole users at random: users of valid and test have no train interactions, like new users. */
    static Split coldUser(double train, double valid, double test, long seed) {
        return new Cold(new Shares(train, valid, test), true, seed);
    }

    /** Whole items at random: items of valid and test have no train interactions, like new items. */
    static Split coldItem(double train, double valid, double test, long seed) {
        return new Cold(new Shares(train, valid, test), false, seed);
    }

    /**
     * Parses {@code random:0.8:0.1:0.1}, {@code global-random:0.8:0.1:0.1},
     * {@code popularity:0.8:0.1:0.1}, {@code time:0.8:0.1:0.1}, {@code tail:0.8:0.1:0.1}, {@code cold-user:0.8:0.1:0.1}, {@code cold-item:0.8:0.1:0.1},
     * {@code last:1:1} (valid, then test) or {@code last:1:1:file}, by the order of the file where there are no times. The
     * numbers may be left out; these are the defaults.
     */
    static Split parse(String text, long seed) {
        String[] fields = text.split(":", -1);
        if (!KINDS.contains(fields[0])) {
            throw InputException.unknown("split", fields[0], KINDS);
        }
        boolean inFile = fields[0].equals("last") && fields[fields.length - 1].equals("file");
        fields = inFile ? Arrays.copyOf(fields, fields.length - 1) : fields;
        String fallback = fields[0].equals("last") ? "1:1" : "0.8:0.1:0.1";
        String[] given = fields.length == 1 ? fallback.split(":") : Arrays.copyOfRange(fields, 1, fields.length);
        try {
            if (fields[0].equals("last") && given.length == 2) {
                return new Last(Integer.parseInt(given[0]), Integer.parseInt(given[1]), inFile);
            } else if (given.length == 3 && !fields[0].equals("last")) {
                double train = Double.parseDouble(given[0]);
                double valid = Double.parseDouble(given[1]);
                double test = Double.parseDouble(given[2]);
                return switch (fields[0]) {
                    case "random" -> random(train, valid, test, seed);
                    case "popularity" -> popularity(train, valid, test, seed);
                    case "time" -> time(train, valid, test);
                    case "tail" -> tail(train, valid, test, seed);
                    case "cold-user" -> coldUser(train, valid, test, seed);
                    case "cold-item" -> coldItem(train, valid, test, seed);
                    default -> globalRandom(train, valid, test, seed);
                };
            }
        } catch (NumberFormatException e) {
            // Refused below, like a wrong number of values.
        }
        throw new InputException("found the split " + DataErrors.quote(text)
                + "; allowed: random, global-random, popularity, time, tail, cold-user or cold-item with"
                + " three shares, last with two counts, then ':file' or not; try " + fields[0] + ":" + fallback);
    }

    /** Shares of the interactions; they add up to 1. */
    record Shares(double train, double valid, double test) {
        public Shares {
            boolean sane = train > 0 && valid >= 0 && test >= 0 && Math.abs(train + valid + test - 1) < 1e-6;
            if (!sane) {
                throw new InputException("split of " + train + ", " + valid + ", " + test
                        + ": allowed are three shares that add up to 1, the first above 0; try 0.8, 0.1, 0.1");
            }
        }

        /** The parts of one user's n interactions, n >= 1: test first, then valid, then train. */
        byte[] count(int n, SplittableRandom random) {
            int toTest = (int) Math.min(n - 1, Math.floor(test * n + random.nextDouble()));
            int toValid = (int) Math.min(n - 1 - toTest, Math.floor(valid * n + random.nextDouble()));
            byte[] parts = new byte[n];
            Arrays.fill(parts, 0, toTest, TEST);
            Arrays.fill(parts, toTest, toTest + toValid, VALID);
            Arrays.fill(parts, toTest + toValid, n, TRAIN);
            return parts;
        }
    }

    /** {@link Split#random}. */
    record PerUser(Shares shares, long seed) implements Split {
        @Override
        public byte[] assign(Timeline rows) {
            Interactions pairs = rows.pairs();
            byte[] parts = new byte[pairs.size()];
            for (int u = 0; u < pairs.users(); u++) {
                int n = pairs.count(u);
                if (n == 0) {
                    continue;
                }
                assign(parts, pairs.begin(u), n, shares, Streams.ofUser(seed, u));
            }
            return rows.ofRows(parts);
        }

        /** Writes the parts of one user's n interactions, n >= 1, to {@code parts} from {@code begin} on. */
        public static void assign(byte[] parts, int begin, int n, Shares shares, SplittableRandom random) {
            byte[] counted = shares.count(n, random);
            int[] order = Permutations.order(n, random);
            for (int k = 0; k < n; k++) {
                parts[begin + order[k]] = counted[k];
            }
        }
    }

    /** {@link Split#tail}. */
    record Tail(Shares shares, long seed) implements Split {
        @Override
        public boolean chronological() {
            return true;
        }

        @Override
        public byte[] assign(Timeline rows) {
            rows.checkOrdered();
            byte[] parts = new byte[rows.size()];
            for (int u = 0; u < rows.pairs().users(); u++) {
                int[] byTime = rows.inOrder(u);
                int n = byTime.length;
                byte[] counted = n == 0 ? new byte[0] : shares.count(n, Streams.ofUser(seed, u));
                for (int k = 0; k < n; k++) {
                    parts[byTime[n - 1 - k]] = counted[k];
                }
            }
            return parts;
        }
    }

    /** {@link Split#globalRandom}. */
    record Global(Shares shares, long seed) implements Split {
        @Override
        public byte[] assign(Timeline rows) {
            int n = rows.pairs().size();
            int[] order = Permutations.order(n, Streams.ofSplit(seed));
            long test = Math.round(shares.test * n);
            long valid = Math.round((shares.valid + shares.test) * n);
            byte[] parts = new byte[n];
            for (int k = 0; k < n; k++) {
                parts[order[k]] = k < test ? TEST : k < valid ? VALID : TRAIN;
            }
            return rows.ofRows(parts);
        }
    }

    /** {@link Split#coldUser} and {@link Split#coldItem}. */
    record Cold(Shares shares, boolean users, long seed) implements Split {
        @Override
        public byte[] assign(Timeline rows) {
            Interactions pairs = rows.pairs();
            int n = users ? pairs.users() : pairs.items();
            int[] order = Permutations.order(n, Streams.ofSplit(seed));
            long test = Math.round(shares.test * n);
            long valid = Math.round((shares.valid + shares.test) * n);
            byte[] side = new byte[n];
            for (int k = 0; k < n; k++) {
                side[order[k]] = k < test ? TEST : k < valid ? VALID : TRAIN;
            }
            byte[] parts = new byte[pairs.size()];
            for (int u = 0; u < pairs.users(); u++) {
                for (int k = pairs.begin(u); k < pairs.end(u); k++) {
                    parts[k] = side[users ? u : pairs.columns()[k]];
                }
            }
            return rows.ofRows(parts);
        }
    }

    /** {@link Split#time}. */
    record Chronological(Shares shares) implements Split {
        @Override
        public boolean chronological() {
            return true;
        }

        @Override
        public byte[] assign(Timeline rows) {
            long[] times = rows.times();
            long[] sorted = times.clone();
            Arrays.sort(sorted);
            int n = sorted.length;
            int trainEnd = (int) Math.round(shares.train * n);
            int validEnd = shares.test == 0 ? n : (int) Math.round((shares.train + shares.valid) * n);
            byte[] parts = new byte[n];
            boolean trains = false;
            for (int k = 0; k < n; k++) {
                boolean before = trainEnd >= n || times[k] < sorted[trainEnd];
                boolean last = validEnd < n && times[k] >= sorted[validEnd];
                parts[k] = last ? TEST : before ? TRAIN : VALID;
                trains |= parts[k] == TRAIN;
            }
            if (!trains) {
                throw new InputException("split by time: the first " + shares.train + " of the interactions all have"
                        + " the timestamp " + sorted[0] + "; times that differ are needed; split at random instead");
            }
            return parts;
        }
    }

    /** {@link Split#lastN} and {@link Split#lastNInFile}. */
    record Last(int valid, int test, boolean inFile) implements Split {
        public Last {
            if (valid < 0 || test < 0) {
                throw new InputException("last " + valid + " to valid and " + test
                        + " to test: allowed are numbers from 0; try 1 and 1");
            }
        }

        @Override
        public boolean chronological() {
            return true;
        }

        @Override
        public byte[] assign(Timeline rows) {
            if (inFile) {
                rows.checkOrdered();
            } else {
                rows.times();
            }
            byte[] parts = new byte[rows.size()];
            for (int u = 0; u < rows.pairs().users(); u++) {
                int[] byTime = rows.inOrder(u);
                int n = byTime.length;
                int toTest = Math.max(0, Math.min(n - 1, test));
                int toValid = Math.max(0, Math.min(n - 1 - toTest, valid));
                for (int k = n - toTest - toValid; k < n; k++) {
                    parts[byTime[k]] = k >= n - toTest ? TEST : VALID;
                }
            }
            return parts;
        }
    }
}
