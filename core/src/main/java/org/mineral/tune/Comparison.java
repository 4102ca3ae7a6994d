package org.mineral.tune;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Tastes;
import org.mineral.linalg.KernelProvider;
import org.mineral.loss.Losses;
import org.mineral.model.PopularityModel;
import org.mineral.model.Version;
import org.mineral.train.DivergedException;
import org.mineral.tune.ComparisonResult.DataFacts;
import org.mineral.tune.ComparisonResult.Entry;
import org.mineral.tune.ComparisonResult.Environment;
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
 */
public record Comparison(
        Dataset data,
        String source,
        List<String> losses,
        Budget budget,
        Map<String, String> settings,
        long seed,
        int threads,
        ComparisonListener listener) {

    public static final Budget DEFAULT_BUDGET = Budget.epochs(10);
    public static final long DEFAULT_SEED = 42;

    /** @throws InputException for an unknown loss or setting, or a value out of range */
    public Comparison {
        if (losses.isEmpty()) {
            throw new InputException("no loss to compare. Allowed: " + String.join(", ", Losses.names()) + ".");
        }
        losses = losses.stream().distinct().toList();
        losses.forEach(Losses::recordOf);
        Contestant.check(settings, losses);
        for (String loss : losses) {
            Contestant.of(loss, settings, seed);
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
                DEFAULT_SEED,
                Runtime.getRuntime().availableProcessors(),
                ComparisonListener.NONE);
    }

    public Comparison source(String source) {
        return new Comparison(data, source, losses, budget, settings, seed, threads, listener);
    }

    public Comparison losses(List<String> losses) {
        return new Comparison(data, source, losses, budget, settings, seed, threads, listener);
    }

    public Comparison budget(Budget budget) {
        return new Comparison(data, source, losses, budget, settings, seed, threads, listener);
    }

    public Comparison settings(Map<String, String> settings) {
        return new Comparison(data, source, losses, budget, settings, seed, threads, listener);
    }

    public Comparison seed(long seed) {
        return new Comparison(data, source, losses, budget, settings, seed, threads, listener);
    }

    public Comparison threads(int threads) {
        return new Comparison(data, source, losses, budget, settings, seed, threads, listener);
    }

    public Comparison listener(ComparisonListener listener) {
        return new Comparison(data, source, losses, budget, settings, seed, threads, listener);
    }

    /**
     * Trains and measures. A loss that cannot be trained becomes an entry that says why.
     *
     * @throws InputException if the data are too few to be divided
     */
    public ComparisonResult run() {
        long started = System.nanoTime();
        Protocol protocol = Protocol.of(data, seed);
        Dataset divided = protocol.data();
        listener.protocol(protocol);
        try (Judge judge = new Judge(divided, threads, seed)) {
            List<Measured> measured = new ArrayList<>();
            for (String loss : losses) {
                listener.loss(loss, measured.size() + 1, losses.size());
                Measured one = measure(Contestant.of(loss, settings, seed), protocol, judge);
                measured.add(one);
                listener.done(one.entry());
            }
            measured.sort(Comparator.comparing(m -> m.entry(), Comparison::byMetric));
            Measured floor = Measured.reference(
                    new PopularityModel(divided.users(), divided.items(), divided.train()),
                    Kind.POPULARITY,
                    "number of training users",
                    judge);
            Measured ceiling = ceiling(divided, judge);
            // The floor is tested like a loss; the ceiling is no contestant.
            measured.add(floor);
            List<Entry> entries = Verdicts.of(measured);
            int n = measured.size() - 1;
            return new ComparisonResult(
                    facts(divided, judge.users()),
                    protocol.sentences(budget),
                    budget.toString(),
                    Judge.METRIC,
                    seed,
                    threads,
                    environment(),
                    entries.subList(0, n),
                    entries.get(n),
                    ceiling == null ? null : ceiling.entry(),
                    (System.nanoTime() - started) / 1e9);
        }
    }

    private Measured measure(Contestant unbudgeted, Protocol protocol, Judge judge) {
        Bout bout = new Bout(protocol.data(), threads, listener, null);
        Contestant contestant;
        try {
            contestant = bout.budgeted(unbudgeted, budget);
        } catch (DivergedException | InputException e) {
            return bout.failure(unbudgeted, e, List.of());
        }
        return bout.fight(contestant, Commands.of(source, protocol, contestant, settings), judge);
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

    static Environment environment() {
        return new Environment(
                Version.CURRENT,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                KernelProvider.best().name(),
                LocalDate.now().toString());
    }
}
