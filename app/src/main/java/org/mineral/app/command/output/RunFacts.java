package org.mineral.app.command.output;

import java.nio.file.Path;
import java.util.Map;
import org.mineral.app.json.JsonText;
import org.mineral.data.Dataset;
import org.mineral.model.Model;
import org.mineral.model.provenance.Environment;

/** How a result came about, for the JSON documents of all verbs, under the same names. */
public final class RunFacts {

    private RunFacts() {}

    /** {@code data} with its hash, {@code seed}, {@code threads} and {@code environment}. */
    public static Map<String, Object> of(Dataset data, long seed, int threads) {
        Map<String, Object> facts = JsonText.object(
                "name", data.name(),
                "hash", data.hash(),
                "users", data.users().size(),
                "items", data.items().size(),
                "train", data.train().size(),
                "valid", data.valid().size(),
                "test", data.test().size());
        return JsonText.object("data", facts, "seed", seed, "threads", threads, "environment", Environment.here());
    }

    /** A measured model with its settings and provenance. */
    public static Map<String, Object> of(Path place, Model model) {
        return JsonText.object(
                "path", place.toString(),
                "kind", model.name(),
                "settings", model.info().config(),
                "provenance", model.info().provenance().facts());
    }
}
