package org.mineral.app.serve.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mineral.app.json.JsonText;
import org.mineral.recommend.Explanation;
import org.mineral.recommend.RankedItems;
import org.mineral.recommend.UserProfile;

/** Lists and explanations as JSON. */
public final class Documents {

    private Documents() {}

    public static Map<String, Object> of(RankedItems list) {
        Map<String, Object> json = JsonText.object();
        if (list.whom() != null) {
            json.put("user", list.whom());
        }
        json.put("items", list.items().stream().map(entry -> of(entry, "item")).toList());
        json.put("how", of(list.how()));
        return json;
    }

    /** @param what the entry's id is an id of: {@code item}, {@code user} */
    public static Map<String, Object> of(RankedItems.Entry entry, String what) {
        Map<String, Object> json = JsonText.object(what, entry.item(), "rank", entry.rank(), "score", entry.score());
        if (entry.title() != null) {
            json.put("title", entry.title());
        }
        return json;
    }

    static Map<String, Object> of(RankedItems.How how) {
        Map<String, Object> json = source(how.profile());
        json.putAll(JsonText.object(
                "retrieval", how.retrieval(),
                "offset", how.query().offset(),
                "includeSeen", how.query().includeSeen(),
                "seenLeftOut", how.seenLeftOut(),
                "filters", how.query().filters(),
                "diversity", how.query().diversity(),
                "candidates", how.candidates(),
                "exhausted", how.whyShort() != null,
                "ignored", how.ignored(),
                "generation", how.generation()));
        if (how.whyShort() != null) {
            json.put("whyShort", how.whyShort());
        }
        return json;
    }

    private static Map<String, Object> source(UserProfile profile) {
        return JsonText.object("source", profile.source().name().toLowerCase(Locale.ROOT), "note", profile.note());
    }

    public static Map<String, Object> of(Explanation explanation) {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (Explanation.Contribution c : explanation.contributions()) {
            Map<String, Object> one = JsonText.object("item", c.item(), "contribution", c.contribution());
            if (c.title() != null) {
                one.put("title", c.title());
            }
            listed.add(one);
        }
        List<Map<String, Object>> attributes = explanation.attributes().stream()
                .map(of -> JsonText.object(
                        "attribute", of.name(), "of", of.ofUser() ? "user" : "item", "contribution", of.value()))
                .toList();
        Map<String, Object> json = JsonText.object("item", explanation.item());
        if (explanation.title() != null) {
            json.put("title", explanation.title());
        }
        json.putAll(JsonText.object(
                "score", explanation.score(),
                "contributions", listed,
                "attributes", attributes,
                "others", explanation.others(),
                "rest", explanation.rest()));
        json.putAll(source(explanation.profile()));
        json.putAll(
                JsonText.object("ignored", explanation.profile().ignored(), "generation", explanation.generation()));
        return json;
    }
}
