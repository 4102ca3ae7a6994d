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
        int[] seen = row < 0 ? new int[0] : snapshot.model().seen().row(row);
        Histories.History since = histories.of(user);
        if (since == null) {
            boolean trained =
                    row >= 0 && (seen.length > 0 || snapshot.model().seen().size() == 0);
            return known(snapshot, trained ? Source.TRAINED : Source.POPULARITY, row, seen, List.of());
        }
        Map<Integer, Double> weights = new TreeMap<>();
        for (int item : seen) {
            weights.put(item, 1.0);
        }
        List<String> ignored = new ArrayList<>();
        since.items().forEach((id, weight) -> {
            int item = snapshot.model().items().index(id);
            if (item < 0) {
                ignored.add(id);
            } else {
                weights.merge(item, weight, Double::sum);
            }
        });
        int[] items = weights.keySet().stream().mapToInt(Integer::intValue).toArray();
        FactorModel factors = snapshot.factors();
        if (items.length == seen.length && ignored.size() == since.items().size() || factors == null) {
            return known(snapshot, seen.length > 0 ? Source.TRAINED : Source.POPULARITY, row, items, ignored);
        }
        float[] vector = snapshot.moved(user, since.version());
        if (vector == null) {
            vector = FoldIn.vector(factors, items, values(weights));
            snapshot.keep(user, since.version(), vector);
        }
        return new Person(Source.UPDATED, row, vector, items, ignored);
    }

    /** Somebody with these items, whoever they are. */
    Person history(Snapshot snapshot, Map<String, Double> history) {
        Map<Integer, Double> weights = new TreeMap<>();
        List<String> ignored = new ArrayList<>();
        new LinkedHashMap<>(history).forEach((id, weight) -> {
            int item = snapshot.model().items().index(id);
            if (item < 0) {
                ignored.add(id);
            } else {
                weights.put(item, weight);
            }
        });
        int[] items = weights.keySet().stream().mapToInt(Integer::intValue).toArray();
        FactorModel factors = snapshot.factors();
        if (items.length == 0 || factors == null) {
            return new Person(Source.POPULARITY, -1, null, items, ignored);
        }
        return new Person(Source.HISTORY, -1, FoldIn.vector(factors, items, values(weights)), items, ignored);
    }

    private static Person known(Snapshot snapshot, Source source, int row, int[] items, List<String> ignored) {
        FactorModel factors = snapshot.factors();
        float[] vector = factors != null && source == Source.TRAINED
                ? factors.userFactors().row(row)
                : null;
        return new Person(source, row, vector, items, ignored);
    }

    private static double[] values(Map<Integer, Double> weights) {
        return Arrays.stream(weights.values().toArray(new Double[0]))
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
