package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.service.Person.Source;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.train.FoldIn;

/** Finds out what a model and the feedback since know of somebody. */
final class People {

    private final Histories histories;

    People(Histories histories) {
        this.histories = histories;
    }

    /** A user by id, known or not. */
    Person user(Snapshot snapshot, String user) {
        int row = snapshot.model().users().index(user);
        Model model = snapshot.model();
        int[] known = row < 0 ? new int[0] : model.known().row(row);
        Source before = source(model, row);
        Histories.History since = histories.of(user);
        if (since == null) {
            return person(snapshot, before, row, known, List.of());
        }
        Map<Integer, Double> weights = new TreeMap<>();
        for (int item : known) {
            weights.put(item, 1.0);
        }
        List<String> ignored = new ArrayList<>();
        since.items().forEach((id, weight) -> {
            int item = item(model, id);
            if (item < 0) {
                ignored.add(id);
            } else {
                weights.merge(item, weight, Double::sum);
            }
        });
        int[] items = indices(weights);
        FactorModel factors = snapshot.factors();
        if (ignored.size() == since.items().size() || factors == null) {
            return person(snapshot, before, row, items, ignored);
        }
        float[] vector = snapshot.moved(user, since.version());
        if (vector == null) {
            // Something that was held out may be an item that nothing was learnt of.
            weights.keySet().removeIf(item -> !model.population().hasItem(item));
            vector = FoldIn.vector(factors, indices(weights), values(weights));
            snapshot.keep(user, since.version(), vector);
        }
        return new Person(Source.UPDATED, row, vector, items, ignored);
    }

    /** Somebody with these items, whoever they are. */
    Person history(Snapshot snapshot, Map<String, Double> history) {
        Map<Integer, Double> weights = new TreeMap<>();
        List<String> ignored = new ArrayList<>();
        new LinkedHashMap<>(history).forEach((id, weight) -> {
            int item = item(snapshot.model(), id);
            if (item < 0) {
                ignored.add(id);
            } else {
                weights.put(item, weight);
            }
        });
        int[] items = indices(weights);
        FactorModel factors = snapshot.factors();
        if (items.length == 0 || factors == null) {
            return new Person(Source.POPULARITY, -1, null, items, ignored);
        }
        return new Person(Source.HISTORY, -1, FoldIn.vector(factors, items, values(weights)), items, ignored);
    }

    /** Where a user's list comes from before any feedback. */
    private static Source source(Model model, int row) {
        if (row < 0 || !model.population().hasUser(row)) {
            return Source.POPULARITY;
        }
        return model.population().foldedIn(row) ? Source.HISTORY : Source.TRAINED;
    }

    /** The index of an item that something was learnt of, or -1. */
    private static int item(Model model, String id) {
        int item = model.items().index(id);
        return item >= 0 && model.population().hasItem(item) ? item : -1;
    }

    private static Person person(Snapshot snapshot, Source source, int row, int[] items, List<String> ignored) {
        FactorModel factors = snapshot.factors();
        float[] vector = factors != null && source != Source.POPULARITY
                ? factors.userFactors().row(row)
                : null;
        return new Person(source, row, vector, items, ignored);
    }

    private static int[] indices(Map<Integer, Double> weights) {
        return weights.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] values(Map<Integer, Double> weights) {
        return Arrays.stream(weights.values().toArray(new Double[0]))
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
