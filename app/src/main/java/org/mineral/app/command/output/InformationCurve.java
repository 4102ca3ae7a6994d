package org.mineral.app.command.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Plan;
import org.mineral.app.json.JsonText;
import org.mineral.data.Interactions;
import org.mineral.eval.information.Critic;
import org.mineral.eval.information.Information;
import org.mineral.eval.information.InformationBounds;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.model.VectorModel;

/** The information of the scores about the training pairs after each epoch, beside the validation metric. */
public final class InformationCurve {

    private static final String ROW = "%5s %10s %14s | %10s %10s %10s | %10s %10s %8s";

    private final Map<Integer, Information.Result> results = new HashMap<>();

    /** Trainings that have begun. */
    private int runs;

    /** A listener that measures after each epoch of the first training, and passes everything on. */
    public FitListener beside(FitListener other, Workers workers) {
        return new FitListener() {
            @Override
            public void plan(Plan plan) {
                runs++;
                other.plan(plan);
            }

            @Override
            public void resumed(Epoch last, Path checkpoint) {
                other.resumed(last, checkpoint);
            }

            @Override
            public void note(String line) {
                other.note(line);
            }

            @Override
            public void progress(double share) {
                other.progress(share);
            }

            @Override
            public void model(int epoch, Supplier<? extends Model> model) {
                if (runs == 1) {
                    VectorModel vectors = model.get().require(VectorModel.class);
                    Interactions none = Interactions.empty(
                            vectors.users().size(), vectors.items().size());
                    results.put(epoch, Information.of(vectors).measure(vectors.trained(), none, workers));
                }
            }

            @Override
            public boolean epoch(Epoch epoch) {
                return other.epoch(epoch);
            }
        };
    }

    /** An epoch's entry in the JSON document; null if another process ran it, before this one resumed from a checkpoint. */
    @Nullable
    Map<String, Object> json(int epoch) {
        Information.Result result = results.get(epoch);
        if (result == null) {
            return null;
        }
        return JsonText.object(
                "own", result.own().stream().map(InformationTable::json).toList(),
                "best", result.best().stream().map(InformationTable::json).toList());
    }

    /** A table: the corrected critic, at the model's scale and at the best. */
    public List<String> lines(List<Epoch> epochs) {
        List<String> lines = new ArrayList<>();
        lines.add("Information of scores about the training pairs, nats; T = b s - log p(i), b = 1/t and the best b:");
        lines.add(String.format(
                Locale.ROOT,
                ROW,
                "epoch",
                "loss",
                "valid NDCG@20",
                "DV",
                "InfoNCE",
                "BA",
                "best DV",
                "best BA",
                "best b"));
        for (Epoch epoch : epochs) {
            Information.Result result = results.get(epoch.number());
            if (result == null) {
                continue;
            }
            InformationBounds own = result.own().get(Critic.CORRECTED.ordinal());
            InformationBounds best = result.best().get(Critic.CORRECTED.ordinal());
            lines.add(String.format(
                    Locale.ROOT,
                    ROW,
                    epoch.number(),
                    number(epoch.loss()),
                    Double.isNaN(epoch.validation()) ? "" : number(epoch.validation()),
                    number(own.donskerVaradhan()),
                    number(own.infoNce()),
                    number(own.barberAgakov()),
                    number(best.donskerVaradhan()),
                    number(best.barberAgakov()),
                    String.format(Locale.ROOT, "%.2f", best.scale())));
        }
        return lines;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1e5 ? "%.4f" : "%.2e", value);
    }
}
