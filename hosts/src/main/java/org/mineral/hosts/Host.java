package org.mineral.hosts;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.data.read.Datasets;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.export.ExportFormats;
import org.mineral.model.export.ModelExport;
import org.mineral.model.io.FactorFormat;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.Comparison;
import org.mineral.tune.preset.Presets;

/**
 * A service with Mineral inside, reduced to what can go wrong there: everything that core does with a library, among the
 * libraries of the service. Exits with 0 if all of it works.
 *
 * <p>Arguments: a model directory of an older Mineral, and a class of the service's own JSON library.
 */
public final class Host {

    private final Path temp;

    private Host(Path temp) {
        this.temp = temp;
    }

    public static void main(String[] args) throws Exception {
        Path temp = Files.createTempDirectory("mineral-host");
        try {
            Class<?> json = Class.forName(args[1]);
            json.getConstructor().newInstance();
            Host host = new Host(temp);
            host.readsOldModels(Path.of(args[0]));
            host.trainsSavesAndLoads();
            host.exports();
            host.comparesAndGoesOn();
            check(!Presets.saved().isEmpty(), "no presets");
            System.out.println("Mineral works beside " + jar(json) + " with " + jar("com.google.gson.stream.JsonReader")
                    + "; " + jar(Model.class));
        } finally {
            try (Stream<Path> files = Files.walk(temp)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private void readsOldModels(Path old) {
        Model model = Models.load(old);
        check(model.recommend("alice", 2).get(0).item().equals("tea"), "another recommendation than was committed");
    }

    private void trainsSavesAndLoads() throws IOException {
        StringBuilder lines = new StringBuilder();
        StringBuilder table = new StringBuilder("user,item\n");
        for (int user = 0; user < 40; user++) {
            for (int item = user % 2; item < 20; item += 2 + user % 3) {
                lines.append("{\"user\": \"u%d\", \"item\": \"i%d\"}\n".formatted(user, item));
                table.append("u%d,\"i%d\"\n".formatted(user, item));
            }
        }
        Path json = Files.writeString(temp.resolve("data.jsonl"), lines);
        Path csv = Files.writeString(temp.resolve("data.csv"), table);
        TrainOptions options = TrainOptions.defaults().with("dimension", 8).with("epochs", 2);
        List<List<Model.Recommendation>> lists = new ArrayList<>();
        for (Path data : List.of(json, csv)) {
            FactorModel model = new EmbeddingTrainer(Losses.of("mine+"), options).fit(Datasets.read(data.toString()));
            Path place = temp.resolve("model");
            model.save(place);
            lists.add(Models.load(place).recommend("u1", 5));
            check(lists.get(lists.size() - 1).equals(model.recommend("u1", 5)), "a loaded model recommends other items");
        }
        check(lists.get(0).equals(lists.get(1)), "CSV and JSON of the same interactions gave different models");
    }

    private void exports() {
        FactorModel model = FactorModel.load(temp.resolve("model"));
        for (FactorFormat format : ExportFormats.all()) {
            Path place = temp.resolve("export-" + format.name());
            ModelExport.write(model, format, place);
            FactorModel back = ModelExport.read(place, ExportFormats.all());
            check(back.recommend("u1", 5).equals(model.recommend("u1", 5)), format.name() + " came back changed");
        }
    }

    private void comparesAndGoesOn() {
        Comparison comparison = Comparison.of(Datasets.read("builtin:tastes:users=60,items=40"))
                .losses(List.of("mine+", "mse"))
                .budget(Budget.epochs(1))
                .trainings(temp.resolve("trainings.jsonl"));
        check(comparison.run().pairs().equals(comparison.run().pairs()), "a comparison went on to another end");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static String jar(String type) throws ClassNotFoundException {
        return jar(Class.forName(type));
    }

    private static String jar(Class<?> type) {
        URL place = type.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(place.getPath()).getFileName().toString();
    }
}
