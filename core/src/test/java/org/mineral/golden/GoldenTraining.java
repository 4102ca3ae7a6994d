package org.mineral.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.linalg.KernelProvider;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;

/**
 * A training as a line of the table writes it: the loss, then settings that differ from those of {@link #COMMON}.
 *
 * @param settings of the loss and of the training, by public name
 */
record GoldenTraining(String loss, Map<String, String> settings) {

    /** Neither the users (130) nor the items (90) fill a whole number of blocks, tiles or panels. */
    private static final TrainOptions COMMON =
            TrainOptions.defaults().with("dimension", 10).with("block_size", 48).with("epochs", 2);

    static GoldenTraining parse(String line) {
        String[] words = line.split(" ");
        Map<String, String> settings = new LinkedHashMap<>();
        for (int k = 1; k < words.length; k++) {
            String[] pair = words[k].split("=");
            settings.put(pair[0], pair[1]);
        }
        return new GoldenTraining(words[0], settings);
    }

    /** By scalar kernels; with a teacher if items of one are asked for. */
    EmbeddingTrainer trainer(int threads) {
        Set<String> own = Set.copyOf(Config.names(Losses.recordOf(loss)));
        Map<String, String> parameters = new LinkedHashMap<>();
        TrainOptions options = COMMON;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (own.contains(setting.getKey())) {
                parameters.put(setting.getKey(), setting.getValue());
            } else {
                options = options.with(setting.getKey(), setting.getValue());
            }
        }
        EmbeddingTrainer trainer = new EmbeddingTrainer(Losses.of(loss, parameters), options)
                .kernels(KernelProvider.scalar())
                .threads(threads);
        return settings.containsKey("teacher_items") ? trainer.teacher(teacher(threads)) : trainer;
    }

    private static FactorModel teacher(int threads) {
        return parse("mine+ dimension=20 seed=3").trainer(threads).fit(GoldenData.ALL);
    }

    /** Of the users' and of the items' vectors, after every epoch and at the end. */
    String checksums(Dataset data, int threads) {
        Checksum users = new Checksum();
        Checksum items = new Checksum();
        FactorModel kept = trainer(threads)
                .listener(new FitListener() {
                    @Override
                    public void model(int epoch, Supplier<? extends Model> model) {
                        FactorModel now = (FactorModel) model.get();
                        users.add(now.userFactors());
                        items.add(now.itemFactors());
                    }
                })
                .fit(settings.containsKey("attribute_weight") ? GoldenData.withAttributes(data) : data);
        return users.add(kept.userFactors()) + " " + items.add(kept.itemFactors());
    }
}
