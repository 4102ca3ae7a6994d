package org.mineral.algorithm.sequence;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Updated;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.config.Config;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.linalg.Matrix;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.provenance.UpdateProvenance;
import org.mineral.random.Random64;

/**
 * Takes new interactions, users and items into a sequence model:
 *
 * <ol>
 *   <li>New items follow in their users' sequences; users need nothing else.
 *   <li>An item that nothing was learnt about begins with q at the mean of the vectors of the histories that it follows, and p at the mean of
 *       those of the items just before it.
 *   <li>A few passes over the new places, and as many old ones drawn at random, so that what is not in the news is not forgotten.
 * </ol>
 */
final class SequenceUpdate {

    private static final double MEAN_NORM = SpectralInit.MEAN_NORM;

    private final SequenceModel model;
    private final SequenceSettings settings;
    private final SequenceUpdateOptions options;
    private final Sequences sequences;
    private final Dataset merged;

    private SequenceUpdate(SequenceModel model, Dataset news, SequenceUpdateOptions options) {
        this.model = model;
        this.settings = SequenceSettings.of(model.info());
        this.options = options;
        IdMap users = model.users().followedBy(news.users().ids());
        IdMap items = model.items().followedBy(news.items().ids());
        this.sequences = moved(model.sequences(), model.users(), model.items(), users, items)
                .followedBy(moved(
                        Sequences.of(news.name(), news.train(), news.events()),
                        news.users(),
                        news.items(),
                        users,
                        items));
        AlignedDataset aligned = news.aligned(users, items);
        Interactions none = Interactions.empty(users.size(), items.size());
        Dataset parts = Dataset.ofKnown(news.name(), users, items, sequences.pairs(), aligned.valid(), none);
        this.merged = parts.withEvents(events(parts));
    }

    /**
     * @param news train is taken in; if it has a valid part, the best epoch on that is kept; test is not looked at
     * @throws org.mineral.config.InputException if the news have no order, or a setting is unknown or out of range
     */
    static Updated<SequenceModel> of(
            SequenceModel model, Dataset news, Map<String, String> given, int threads, FitListener listener) {
        SequenceUpdateOptions options = Config.read(SequenceUpdateOptions.class, given);
        if (news.train().size() == 0) {
            return new Updated<>(model, 0, 0, 0, 0, null);
        }
        return new SequenceUpdate(model, news, options).run(threads, listener);
    }

    private static Sequences moved(Sequences of, IdMap ownUsers, IdMap ownItems, IdMap users, IdMap items) {
        return of.moved(ownUsers.indicesIn(users), ownItems.indicesIn(items), users.size(), items.size());
    }

    /** The place in the sequence is the order; what is validated comes last. */
    private Events events(Dataset data) {
        Interactions all = data.all();
        long[] order = new long[all.size()];
        Arrays.fill(order, Long.MAX_VALUE);
        Interactions known = sequences.pairs();
        for (int u = 0; u < all.users(); u++) {
            for (int k = known.begin(u); k < known.end(u); k++) {
                int at = Arrays.binarySearch(
                        all.columns(), all.begin(u), all.end(u), sequences.items()[k]);
                order[at] = k;
            }
        }
        return new Events(all, null, null, order);
    }

    private Updated<SequenceModel> run(int threads, FitListener listener) {
        int newPairs = sequences.pairs().size() - model.known().size();
        if (newPairs == 0) {
            return new Updated<>(model, 0, 0, 0, 0, null);
        }
        long began = System.nanoTime();
        Matrix[] warm = parameters();
        double foldSeconds = (System.nanoTime() - began) / 1e9;
        SequenceSettings few = new SequenceSettings(
                settings.loss(),
                settings.options()
                        .with("dimension", model.dimension())
                        .with("epochs", options.epochs())
                        .with("stop_after", 0)
                        .with("learning_rate", options.learningRate())
                        .with("schedule", "linear"),
                settings.rows());
        FitContext context = FitContext.defaults()
                .withThreads(threads)
                .withKernels(model.kernels())
                .withListener(listener);
        Fit<SequenceModel> training = new SequenceTraining(merged, few, context).run(warm, new NewAndOld());
        SequenceModel updated = kept(training.model(), info(training.model().info(), newPairs));
        return new Updated<>(
                updated,
                merged.users().size() - model.users().size(),
                merged.items().size() - model.items().size(),
                newPairs,
                foldSeconds,
                new Fit<>(updated, training.curve(), training.bestEpoch(), training.seconds(), training.plan()));
    }

    /**
     * What was trained, with the vectors of attributes, and those of items that the model has from their attributes and that are in no interaction
     * still.
     */
    private SequenceModel kept(SequenceModel trained, ModelInfo info) {
        int[] counts = trained.trained().itemCounts();
        Matrix q = trained.itemVectors().copy();
        Matrix p = trained.contextVectors().copy();
        for (int item = 0; item < model.items().size(); item++) {
            if (counts[item] == 0 && model.population().hasItem(item)) {
                q.setRow(item, model.itemVectors().row(item));
                p.setRow(item, model.contextVectors().row(item));
            }
        }
        return new SequenceModel(
                        q,
                        p,
                        trained.positionWeights(),
                        trained.users(),
                        trained.items(),
                        trained.sequences(),
                        trained.trained(),
                        info,
                        trained.kernels())
                .withAttributes(
                        model.attributeTables().in(model.users(), model.items(), trained.users(), trained.items()));
    }

    /** Number of items that a user's sequence had before. */
    private int before(int user) {
        return user < model.users().size() ? model.known().count(user) : 0;
    }

    /** The new places, and as many old ones, others in each epoch. */
    private final class NewAndOld implements SequenceRun.RowOrder {

        private final int[] fresh;
        private final int[] old;

        NewAndOld() {
            Interactions pairs = sequences.pairs();
            IntStream.Builder fresh = IntStream.builder();
            IntStream.Builder old = IntStream.builder();
            for (int u = 0; u < pairs.users(); u++) {
                for (int k = pairs.begin(u) + 1; k < pairs.end(u); k++) {
                    (k - pairs.begin(u) < before(u) ? old : fresh).add(k);
                }
            }
            this.fresh = fresh.build().toArray();
            this.old = old.build().toArray();
        }

        private int repeated() {
            return Math.min(old.length, fresh.length);
        }

        @Override
        public int perEpoch() {
            return fresh.length + repeated();
        }

        @Override
        public int[] rows(Random64 random) {
            int[] drawn = old.clone();
            random.shuffle(drawn);
            int[] rows = Arrays.copyOf(fresh, perEpoch());
            System.arraycopy(drawn, 0, rows, fresh.length, repeated());
            random.shuffle(rows);
            return rows;
        }
    }

    /** Q, P and W. */
    private Matrix[] parameters() {
        boolean bias = settings.options().encoder().itemBias();
        Matrix scored = model.itemVectors();
        int items = merged.items().size();
        Matrix q = (bias ? BiasColumn.parameters(scored, settings.objective().temperature()) : scored).enlarged(items);
        Matrix p = model.contextVectors().enlarged(items);
        int[] counts = sequences.pairs().itemCounts();
        boolean[] isNew = new boolean[counts.length];
        for (int item = 0; item < counts.length; item++) {
            isNew[item] = item >= model.items().size() || !model.population().hasItem(item);
        }
        begin(q, p, isNew);
        // What is learnt of an item in one place serves in the other here, too: P is what it has beside Q.
        subtract(p, scored, q, isNew);
        if (bias) {
            BiasColumn.byCount(q, counts, isNew);
        }
        return new Matrix[] {q, p, model.positionWeights().copy()};
    }

    /** Takes c times the items as they are scored from P; those of new items have the length of known ones. */
    private void subtract(Matrix p, Matrix scored, Matrix q, boolean[] isNew) {
        float shared = (float) settings.rows().shared();
        boolean cosine = settings.objective().cosine();
        for (int item = 0; item < isNew.length; item++) {
            float length = (float) (isNew[item] && cosine ? 1 / MEAN_NORM : 1);
            Matrix from = isNew[item] ? q : scored;
            for (int c = 0; c < p.columns(); c++) {
                p.set(item, c, p.get(item, c) - shared * length * from.get(item, c));
            }
        }
    }

    /** Means over the places at which a new item follows known ones; random where there is none. */
    private void begin(Matrix q, Matrix p, boolean[] isNew) {
        int d = q.columns() - (settings.options().encoder().itemBias() ? 1 : 0);
        double[][] histories = new double[isNew.length][];
        double[][] neighbours = new double[isNew.length][];
        Interactions pairs = sequences.pairs();
        for (int u = 0; u < pairs.users(); u++) {
            for (int k = pairs.begin(u) + 1; k < pairs.end(u); k++) {
                int item = sequences.items()[k];
                int[] known = isNew[item]
                        ? IntStream.range(pairs.begin(u), k)
                                .map(place -> sequences.items()[place])
                                .filter(other -> !isNew[other])
                                .toArray()
                        : new int[0];
                if (known.length > 0) {
                    histories[item] = sum(histories[item], model.histories().of(known, null), d);
                    neighbours[item] = sum(neighbours[item], p.row(known[known.length - 1]), d);
                }
            }
        }
        Matrix random = SpectralInit.random(
                isNew.length,
                d,
                MEAN_NORM / Math.sqrt(d),
                settings.options().run().seed() + 2);
        for (int item = 0; item < isNew.length; item++) {
            if (isNew[item]) {
                set(q, item, histories[item], random.row(item));
                set(p, item, neighbours[item], random.row(item));
            }
        }
    }

    private static double[] sum(double[] before, float[] vector, int d) {
        double[] sum = before == null ? new double[d] : before;
        for (int c = 0; c < d; c++) {
            sum[c] += vector[c];
        }
        return sum;
    }

    /** The direction, at the length that vectors have at a start. */
    private static void set(Matrix table, int row, double[] direction, float[] otherwise) {
        double squares =
                direction == null ? 0 : Arrays.stream(direction).map(x -> x * x).sum();
        for (int c = 0; c < otherwise.length; c++) {
            table.set(row, c, squares == 0 ? otherwise[c] : (float) (direction[c] * MEAN_NORM / Math.sqrt(squares)));
        }
    }

    private ModelInfo info(ModelInfo trained, int newPairs) {
        Provenance before = model.info().provenance();
        UpdateProvenance update = new UpdateProvenance(
                Objects.requireNonNullElse(before.data().hash(), ""),
                merged.name(),
                newPairs,
                options.epochs(),
                options.learningRate(),
                0);
        return new ModelInfo(
                model.name(),
                model.info().config(),
                before.with(trained.provenance()).with(update));
    }
}
