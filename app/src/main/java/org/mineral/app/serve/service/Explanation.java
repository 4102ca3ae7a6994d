package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.Json;
import org.mineral.linalg.Matrix;

/**
 * Which of somebody's items pull another one up: {@code score = sum of contributions + rest}.
 *
 * <p>The person's vector e is written as its own items' vectors, as far as these can say it. With the rows of Q these
 * vectors, {@code A = Q'Q + r I} and {@code z = A^-1 e}, e = Q'(Q z) + r z, so that for an item with vector q
 * <pre>
 *   score = &lt;e, q&gt; = sum_k &lt;q_k, z&gt; &lt;q_k, q&gt;  +  r &lt;z, q&gt;
 * </pre>
 * one contribution for each item k of the person, and a rest that none of them accounts for. r is a tenth of the items' mean
 * squared length: small beside what they say, large enough that near twins share. Source: the decomposition of Hu, Koren and
 * Volinsky, ICDM 2008, section 5, applied to a vector of any origin.
 *
 * @param title the item's, or null
 * @param contributions the largest, with their signs
 * @param others the sum of those that are not listed
 * @param rest what no item of theirs accounts for
 */
public record Explanation(
        String item,
        @Nullable String title,
        double score,
        List<Contribution> contributions,
        double others,
        double rest,
        Person person,
        int generation) {

    private static final double RIDGE = 0.1;
    private static final double EXACT = 1e-20;

    public record Contribution(String item, @Nullable String title, double contribution) {}

    /** Nothing of theirs is known that could account for it. */
    static Explanation whole(Snapshot snapshot, Person person, int item, double score) {
        Catalogue catalogue = snapshot.catalogue();
        return new Explanation(
                catalogue.items().id(item),
                catalogue.title(item),
                score,
                List.of(),
                0,
                score,
                person,
                snapshot.generation());
    }

    static Explanation of(Snapshot snapshot, Person person, float[] vector, Matrix vectors, int item, int n) {
        Catalogue catalogue = snapshot.catalogue();
        int[] items = person.items();
        double[][] q = new double[items.length][];
        double squares = 0;
        for (int k = 0; k < items.length; k++) {
            q[k] = doubles(vectors.row(items[k]));
            squares += dot(q[k], q[k]);
        }
        double[] e = doubles(vector);
        double[] target = doubles(vectors.row(item));
        double[] z = solve(q, Math.max(RIDGE * squares / Math.max(1, items.length), 1e-12), e);
        double score = dot(e, target);
        double explained = 0;
        List<Contribution> all = new ArrayList<>();
        for (int k = 0; k < items.length; k++) {
            double contribution = dot(q[k], z) * dot(q[k], target);
            explained += contribution;
            all.add(new Contribution(catalogue.items().id(items[k]), catalogue.title(items[k]), contribution));
        }
        all.sort(Comparator.comparingDouble((Contribution c) -> -Math.abs(c.contribution())));
        List<Contribution> listed = List.copyOf(all.subList(0, Math.min(n, all.size())));
        double shown = listed.stream().mapToDouble(Contribution::contribution).sum();
        return new Explanation(
                catalogue.items().id(item),
                catalogue.title(item),
                score,
                listed,
                listed.size() == all.size() ? 0 : explained - shown,
                score - explained,
                person,
                snapshot.generation());
    }

    /** (Q'Q + r I) z = e by conjugate gradients, which need no matrix of d x d. */
    private static double[] solve(double[][] q, double r, double[] e) {
        double[] z = new double[e.length];
        double[] residual = e.clone();
        double[] direction = e.clone();
        double squared = dot(residual, residual);
        double enough = EXACT * squared;
        for (int step = 0; step < 4 * e.length && squared > enough; step++) {
            double[] image = new double[e.length];
            for (double[] row : q) {
                add(dot(row, direction), row, image);
            }
            add(r, direction, image);
            double length = squared / dot(direction, image);
            add(length, direction, z);
            add(-length, image, residual);
            double next = dot(residual, residual);
            for (int k = 0; k < e.length; k++) {
                direction[k] = residual[k] + next / squared * direction[k];
            }
            squared = next;
        }
        return z;
    }

    private static void add(double factor, double[] x, double[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] += factor * x[k];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            doubles[k] = values[k];
        }
        return doubles;
    }

    public Map<String, Object> json() {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (Contribution c : contributions) {
            Map<String, Object> one = Json.object("item", c.item(), "contribution", c.contribution());
            if (c.title() != null) {
                one.put("title", c.title());
            }
            listed.add(one);
        }
        Map<String, Object> json = Json.object("item", item);
        if (title != null) {
            json.put("title", title);
        }
        json.putAll(Json.object(
                "score",
                score,
                "contributions",
                listed,
                "others",
                others,
                "rest",
                rest,
                "source",
                person.source().name().toLowerCase(Locale.ROOT),
                "note",
                person.note(),
                "ignored",
                person.ignored(),
                "generation",
                generation));
        return json;
    }
}
