package org.mineral.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Tastes;
import org.mineral.loss.Losses;
import org.mineral.model.Environment;
import org.mineral.model.PopularityModel;
import org.mineral.train.DivergedException;
import org.mineral.tune.ComparisonResult.DataFacts;
import org.mineral.tune.ComparisonResult.Entry;
import org.mineral.tune.ComparisonResult.Kind;

/**
 * Trains losses on the same data, each with the same budget, and measures each once on the test part with the weights
 * that were best on the validation part. Immutable: the methods named after a part give changed copies.
 *
 * <pre>{@code
 * ComparisonResult result = Comparison.of(Dataset.read("interactions.csv"))
 *         .losses(List.of("mine+", "softmax", "bpr"))
 *         .budget(Budget.epochs(20))
 *         .run();
 * }</pre>
 *
 * <p>With a budget of epochs, the same data and seed give the same metrics, bit for bit, for any number of threads.
 *
 * @param data what to compare on; missing parts are made, see {@link Protocol}
 * @param source the data as a user names them, for the commands that reproduce an entry
 * @param settings for training and for those losses that have them, by public name
 * @param seeds every loss is trained once with each; the first also divides the data, the same for all
 * @param information whether what the scores know of the test pairs is measured too, in nats
 */
public record Comparison(
        Dataset data,
        String source,
        List<String> losses,
        Budget budget,
        Map<String, String> settings,
        List<Long> seeds,
        int threads,
        boolean information,
        Terms terms,
        ComparisonListener listener) {

    public static final Budget DEFAULT_BUDGET = Budget.epochs(10);
    public static final long DEFAULT_SEED = 42;
    private static final int MOST_SEEDS = 100;

    /** @throws InputException for an unknown loss or setting, or a value out of range */
    public Comparison {
        if (losses.isEmpty()) {
            throw new InputException("no loss to compare. Allowed: " + String.join(", ", Losses.names()) + ".");
        }
        losses = losses.stream().distinct().toList();
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || seeds.size() > MOST_SEEDS || Set.copyOf(seeds).size() < seeds.size()) {
            throw new InputException("the seeds " + seeds + "; allowed: 1 to " + MOST_SEEDS + ", each once.");
        }
        losses.forEach(Losses::recordOf);
        Contestant.check(settings, losses);
        if (terms.preset() != null) {
            Presets.check(terms.preset(), losses);
        }
        for (String loss : losses) {
            Contestant.of(loss, settings, seeds.get(0));
        }
    }

    /** Every loss, 10 epochs each, all processors. */
    public static Comparison of(Dataset data) {
        return new Comparison(
                data,
                data.name(),
                Losses.names(),
                DEFAULT_BUDGET,
                Map.of(),
                List.of(DEFAULT_SEED),
                Runtime.getRuntime().availableProcessors(),
                false,
                Terms.DEFAULTS,
                ComparisonListener.NONE);
    }

    public Comparison source(String source) {
        return new Comparison(data, source, losses, budget, settings, seeds, threads, information, terms, listener);
    }

    public Comparison losses(List<String> losses) {
        return new Comparison(data, source, losses, budget, settings, seeds, threads, information, terms, listener);
    }

    public Comparison budget(Budget budget) {
        return new Comparison(data, source, losses, budget, settings, seeds, threads, information, terms, listener);
    }

    public Comparison settings(Map<String, String> settings) {
        return new Comparison(data, source, losses, budget, settings, seeds, threads, information, terms, listener);
    }

    /** One training a loss. */
    public Comparison seed(long seed) {
        return seeds(List.of(seed));
    }

    /** One training a loss and seed. */
    public Comparison seeds(List<Long> seeds) {
        return new Comparison(data, source, losses, budget, settings, seeds, threads, information, terms, listener);
    }

    public Comparison threads(int threads) {
        return new Comparison(data, source, losses, budget, settings, seeds, threads, information, terms, listener);
    }

    public Comparison information(boolean information) {
        return new Comparison(data, source, losses, budget, settings, seeds, threads, information, terms, listener);
    }

    public Comparison terms(Terms terms) {
        return new Comparison(data, source, losses, budget, settings, seeds, threads, information, terms, listener);
    }

    public Comparison listener(ComparisonListener listener) {
        return new Comparison(data, source, losses, budget, settings, seeds, threads, information, terms, listener);
    }

    /**
     * Trains and measures. A loss that cannot be trained becomes an entry that says why.
     *
     * @throws InputException if the data are too few to be divided
     */
    public ComparisonResult run() {
        long started = System.nanoTime();
        Protocol protocol = Protocol.of(data, seeds.get(0), terms);
        Dataset divided = protocol.data();
        listener.protocol(protocol);
        try (Judge judge = new Judge(divided, threads, seeds.get(0))) {
            List<Measured> measured = new ArrayList<>();
            for (String loss : losses) {
                measured.add(measure(loss, measured.size() * seeds.size(), protocol, judge));
            }
            measured.sort(Comparator.comparing(m -> m.entry(), Comparison::byMetric));
            Measured floor = Measured.reference(
                    new PopularityModel(
                            divided.users(), divided.items(), terms.retrain() ? divided.seen() : divided.train()),
                    Kind.POPULARITY,
                    "number of training users",
                    judge);
            Measured ceiling = ceiling(divided, judge);
            // The floor is tested like a loss; the ceiling is no contestant.
            measured.add(floor);
            Verdicts verdicts = Verdicts.of(measured);
            int n = measured.size() - 1;
            return new ComparisonResult(
                    facts(divided, judge.users()),
                    protocol.sentences(budget, seeds.size()),
                    budget.toString(),
                    Judge.METRIC,
                    terms.toString(),
                    terms.optimistic(),
                    seeds.get(0),
                    seeds,
                    threads,
                    Environment.here(),
                    verdicts.entries().subList(0, n),
                    verdicts.entries().get(n),
                    ceiling == null ? null : ceiling.entry(),
                    verdicts.pairs(),
                    (System.nanoTime() - started) / 1e9);
        }
    }

    /** Trains with one seed after the other, each for as many epochs as the budget is worth to the first. */
    private Measured measure(String loss, int before, Protocol protocol, Judge judge) {
        List<Measured> trainings = new ArrayList<>();
        Map<String, String> own = terms.settings(loss, protocol.data(), settings);
        int epochs = 0;
        for (long seed : seeds) {
            String name = seeds.size() == 1 ? loss : loss + " " + seed;
            listener.loss(name, before + trainings.size() + 1, losses.size() * seeds.size());
            Bout bout = new Bout(protocol.data(), threads, listener, null, terms);
            Contestant contestant = Contestant.of(loss, own, seed);
            Measured training;
            try {
                contestant = epochs == 0 ? bout.budgeted(contestant, budget) : contestant.epochs(epochs);
                epochs = contestant.options().epochs();
                List<String> commands = Commands.of(source, protocol, contestant, own);
                training = bout.fight(contestant, commands, judge, information && trainings.isEmpty());
            } catch (DivergedException | InputException e) {
                training = bout.failure(contestant, e, List.of());
            }
            trainings.add(training);
            listener.done(training.entry());
            if (training.entry().failed()) {
                break;
            }
        }
        return Repeats.merge(trainings, judge);
    }

    /** Best first; failures last, in the order in which they ran. */
    private static int byMetric(Entry a, Entry b) {
        if (a.failed() || b.failed()) {
            return Boolean.compare(a.failed(), b.failed());
        }
        return Double.compare(b.metric(Judge.METRIC), a.metric(Judge.METRIC));
    }

    /** The planted truth, if the data are what their name generates. */
    private @Nullable Measured ceiling(Dataset divided, Judge judge) {
        if (!source.startsWith("builtin:")) {
            return null;
        }
        Tastes tastes = Tastes.generate(source);
        return tastes.data().hash().equals(data.hash())
                ? Measured.reference(
                        new PlantedModel(divided, tastes.truth()), Kind.PLANTED, "what the data were drawn from", judge)
                : null;
    }

    static DataFacts facts(Dataset data, int testUsers) {
        return new DataFacts(
                data.name(),
                data.hash(),
                data.users().size(),
                data.items().size(),
                data.train().size(),
                data.valid().size(),
                data.test().size(),
                testUsers,
                (double) data.train().size()
                        / ((double) data.users().size() * data.items().size()));
    }
}
