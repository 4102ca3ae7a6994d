package org.mineral.algorithm.embedding.target;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
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
 * Ranking distillation (Tang and Wang 2018, arXiv 1809.07428): the top items of a teacher's list, a larger model of the same data, are added
 * to a user's positives with less weight. So a student of few dimensions learns the part of the teacher that matters most, the top of the
 * lists.
 */
public final class Distillation {

    /** Upper bound of the bytes of rows with a teacher's items and their weights. */
    public static long bytes(Interactions train, int items) {
        long most = train.users() * (long) Math.min(items, train.items());
        return (Integer.BYTES + Float.BYTES) * (train.size() + most) + Integer.BYTES * (long) train.users();
    }

    /** Default of {@code teacher_items} with a teacher. */
    public static final int ITEMS = 10;

    private Distillation() {}

    /**
     * The teacher with the data's indices. It must have been trained on the same data: a teacher that has seen the student's validation data
     * would leak them. This is checked by the fingerprint of the data in its provenance, or by its training interactions, which imported
     * teachers also have.
     *
     * @throws InputException if {@code teacher_items} is set without a teacher, or the teacher was trained on other data
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
                && data.hash().equals(teacher.info().provenance().data().hash());
        boolean complete = here.trained().size() == teacher.trained().size();
        if (!same && !(complete && here.trained().equals(data.train()))) {
            throw new InputException(
                    String.format(
                            Locale.ROOT,
                            "the teacher was trained on %s, %,d interactions, not on the %,d of %s as read here (other"
                                    + " interactions, or a validation part drawn with another seed).",
                            Objects.requireNonNullElse(
                                    teacher.info().provenance().data().name(), "other data"),
                            teacher.trained().size(),
                            data.train().size(),
                            data.name()),
                    Hint.of("train it on what the student is trained on", Hint.Action.SAME_DATA));
        }
        return here;
    }

    /**
     * @param own the users' interactions
     * @param items number of top items of a user's list, without known ones; fewer if the catalogue is smaller
     * @param weight of each of these, relative to an interaction
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

    /** The user's items and those of the teacher, by index, with weights of mean 1. */
    private static void merge(
            Targets own, int user, int[] lessons, double weight, int[] columns, float[] counts, int to) {
        Interactions rows = own.rows();
        int n = rows.count(user) + lessons.length;
        float[] of = own.counts();
        // Interactions have mean weight 1.
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
