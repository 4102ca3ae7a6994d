package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.Addition;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.SparseMatrix;
import org.mineral.data.attributes.AttributeVocabulary;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Model;

/** A model with the users and items that came after it. */
final class FurtherModel {

    private FurtherModel() {}

    /**
     * The model with all of these of whom it knows an attribute. What it does not understand of one of them, because it was trained with other attributes,
     * is left out and said.
     */
    static Model of(Model model, List<Addition> items, List<Addition> users, Consumer<String> notes) {
        AttributeScorer scorer = model.as(AttributeScorer.class).orElse(null);
        if (scorer == null) {
            if (!items.isEmpty() || !users.isEmpty()) {
                notes.accept("the model has no attributes, so " + (items.size() + users.size())
                        + " users and items that were added wait for one that has");
            }
            return model;
        }
        Rows ofItems = Rows.of(items, model.itemAttributes(), notes);
        Rows ofUsers = Rows.of(users, model.userAttributes(), notes);
        Model more = ofItems.ids.isEmpty() ? model : scorer.withItems(ofItems.ids, ofItems.matrix());
        return ofUsers.ids.isEmpty()
                ? more
                : more.require(AttributeScorer.class).withUsers(ofUsers.ids, ofUsers.matrix());
    }

    /** Titles of items by id. */
    static Map<String, String> titles(List<Addition> items) {
        Map<String, String> titles = new HashMap<>();
        for (Addition item : items) {
            String title = item.title();
            if (title != null) {
                titles.put(item.id(), title);
            }
        }
        return titles;
    }

    private static final class Rows {

        private final AttributeVocabulary vocabulary;
        private final List<String> ids = new ArrayList<>();
        private final List<AttributeVocabulary.Row> rows = new ArrayList<>();

        private Rows(AttributeVocabulary vocabulary) {
            this.vocabulary = vocabulary;
        }

        static Rows of(List<Addition> additions, Attributes attributes, Consumer<String> notes) {
            Rows all = new Rows(new AttributeVocabulary(attributes));
            int misunderstood = 0;
            for (Addition addition : additions) {
                Map<String, Object> known = new LinkedHashMap<>(addition.attributes());
                known.keySet().retainAll(all.vocabulary.names());
                AttributeVocabulary.@Nullable Row row = all.row(known);
                misunderstood +=
                        row == null || known.size() < addition.attributes().size() ? 1 : 0;
                if (row != null && row.attributes().length > 0) {
                    all.ids.add(addition.id());
                    all.rows.add(row);
                }
            }
            if (misunderstood > 0) {
                notes.accept("the model does not understand all attributes of " + misunderstood + " of "
                        + additions.size() + " users or items that were added; what it does not is left out");
            }
            return all;
        }

        private AttributeVocabulary.@Nullable Row row(Map<String, Object> known) {
            try {
                return vocabulary.row(known);
            } catch (InputException e) {
                return null;
            }
        }

        SparseMatrix matrix() {
            return vocabulary.matrix(rows);
        }
    }
}
