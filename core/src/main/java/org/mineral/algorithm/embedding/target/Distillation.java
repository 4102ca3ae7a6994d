package org.mineral.algorithm.embedding.target;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.rank.Ranking;

/**
 * Ranking distillation (Tang and Wang 2018, arXiv 1809.07428): beside what a user took stand, with less weight, the first items
 * of the list that a teacher, a larger model of the same data, would recommend to them. A student of few dimensions
 * cannot find for itself all that the wider one has found, and is told here what matters of it, the heads of the lists.
 */
public final class Distillation {

    /** Bytes of rows with a teacher's items among them, and of their weights, at most. */
    public static long bytes(Interactions train, int items) {
        long most = train.users() * (long) Math.min(items, train.items());
        return (Integer.BYTES + Float.BYTES) * (train.size() + most) + Integer.BYTES * (long) train.users();
    }

    /** {@code teacher_items} where there is a teacher and nothing was said. */
    public static final int ITEMS = 10;

    private Distillation() {}

    /**
     * The teacher in the data's indices. It has to know the data as they stand here: one that has seen what the student is judged
     * by would tell it the answers. Two things show it: the fingerprint of the data in its provenance, or its own training
     * interactions, which a teacher from elsewhere has, too.
     *
     * @throws InputException if there are lessons to be given and no teacher, or the teacher knows other data
     */
    public static @Nullable Model teacher(Dataset data, @Nullable Model teacher, int teacherItems) {
        if (teacher == null) {
            if (teacherItems > 0) {
                throw new InputException(
                        "teacher_items=" + teacherItems + " without a teacher to give them.",
                        Hint.of("name its model", Hint.Action.TEACHER),
                        Hint.set("train without one", "teacher_items", 0));
            }
            return null;
        }
        Model here = teacher.in(data.users(), data.items());
        boolean same = here == teacher
                && data.hash().equals(teacher.info().provenance().get("data_hash"));
        boolean complete = here.trained().size() == teacher.trained().size();
        if (!same && !(complete && here.trained().equals(data.train()))) {
            throw new InputException(
                    String.format(
                            Locale.ROOT,
                            "the teacher was trained on %s, %,d interactions, not on the %,d of %s as it stands here (other"
                                    + " interactions, or a validation part drawn with another seed).",
                            teacher.info().provenance().getOrDefault("data", "other data"),
                            teacher.trained().size(),
                            data.train().size(),
                            data.name()),
                    Hint.of("train it on what the student is trained on", Hint.Action.SAME_DATA));
        }
        return here;
    }

    /**
     * @param own the users' interactions
     * @param items first items of a user's list that they have not taken; fewer where the catalogue ends
     * @param weight what each of these counts beside an interaction
     */
    public static Targets taught(Targets own, Model teacher, int items, double weight, Workers workers) {
        Interactions rows = own.rows();
        int[] active =
                IntStream.range(0, rows.users()).filter(u -> rows.count(u) > 0).toArray();
        Ranking[] lists = teacher.rank(active, items, rows, workers).toArray(Ranking[]::new);
        int[] offsets = new int[rows.users() + 1];
        for (int a = 0; a < active.length; a++) {
            offsets[active[a] + 1] = lists[a].items().length;
        }
        for (int u = 0; u < rows.users(); u++) {
            offsets[u + 1] += offsets[u] + rows.count(u);
        }
        int[] columns = new int[offsets[rows.users()]];
        float[] counts = new float[columns.length];
        for (int a = 0; a < active.length; a++) {
            merge(own, active[a], sorted(lists[a].items()), weight, columns, counts, offsets[active[a]]);
        }
        return own.with(new Interactions(rows.items(), offsets, columns), counts);
    }

    private static int[] sorted(int[] items) {
        int[] sorted = items.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** The user's own items and the lessons, by index, what they count scaled to a mean of 1. */
    private static void merge(
            Targets own, int user, int[] lessons, double weight, int[] columns, float[] counts, int to) {
        Interactions rows = own.rows();
        int n = rows.count(user) + lessons.length;
        float[] of = own.counts();
        // Interactions count 1 in the mean, whatever each counts beside the others.
        double scale = n / (rows.count(user) + weight * lessons.length);
        int lesson = 0;
        for (int k = rows.begin(user), at = to; at < to + n; at++) {
            boolean taught = k == rows.end(user) || lesson < lessons.length && lessons[lesson] < rows.columns()[k];
            columns[at] = taught ? lessons[lesson] : rows.columns()[k];
            counts[at] = (float) (scale * (taught ? weight : of == null ? 1 : of[k]));
            if (taught) {
                lesson++;
            } else {
                k++;
            }
        }
    }
}
