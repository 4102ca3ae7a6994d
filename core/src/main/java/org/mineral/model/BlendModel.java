package org.mineral.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.provenance.DataProvenance;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.ScoredItems;

/**
 * The weighted sum of the scores of models of any kind, which know different things about the same data:
 *
 * <pre>{@code score(u, j) = sum over models m of w_m (s_m(u, j) - mean_m) / deviation_m}</pre>
 *
 * with mean and standard deviation over the items that the model can rank, for this user: scales of scores differ between kinds of models, and
 * between users. A model that cannot rank for a user, or has the same score for all items, adds nothing. Immutable.
 */
public final class BlendModel implements Model, HistoryScorer {

    /** The name of the format and of the kind. */
    public static final String NAME = "blend";

    /**
     * One of the models.
     *
     * @param weight positive
     */
    public record Member(Model model, double weight) {}

    private final List<Member> members;
    private final ModelInfo info;

    /** The members as scorers of histories, once somebody asks for that. */
    private volatile @Nullable List<HistoryScorer> historyScorers;

    /**
     * @param members at least one, of the same users, items and interactions
     * @throws InputException if they differ in data, one is a blend, or a weight is not positive
     */
    public BlendModel(List<Member> members) {
        this.members = List.copyOf(members);
        check();
        this.info = info(this.members);
    }

    private void check() {
        if (members.isEmpty()) {
            throw new InputException("a blend of no models; give at least one.");
        }
        Model first = members.get(0).model();
        for (Member member : members) {
            Model model = member.model();
            if (model instanceof BlendModel) {
                throw new InputException("a blend is no member of another one; give its members.");
            }
            if (!(member.weight() > 0) || Double.isInfinite(member.weight())) {
                throw new InputException("a weight of " + member.weight() + " in a blend; allowed: positive numbers.");
            }
            if (!model.users().sameAs(first.users())
                    || !model.items().sameAs(first.items())
                    || !model.trained().equals(first.trained())
                    || !model.known().equals(first.known())) {
                throw new InputException("models of one blend must be trained on the same data; these are not.");
            }
        }
    }

    /** Kind, weight and settings of each member, numbered: {@code 1.model}, {@code 1.weight}, {@code 1.l2}. */
    private static ModelInfo info(List<Member> members) {
        Map<String, String> config = new LinkedHashMap<>();
        for (int m = 0; m < members.size(); m++) {
            ModelInfo own = members.get(m).model().info();
            String prefix = (m + 1) + ".";
            config.put(prefix + "model", own.model());
            String algorithm = own.provenance().trainer().algorithm();
            if (algorithm != null) {
                config.put(prefix + "algorithm", algorithm);
            }
            config.put(prefix + "weight", Double.toString(members.get(m).weight()));
            own.config().forEach((name, value) -> config.put(prefix + name, value));
        }
        DataProvenance data = members.get(0).model().info().provenance().data();
        return ModelInfo.of(NAME, config, Provenance.NONE.with(data));
    }

    /** The models with their weights. */
    public List<Member> members() {
        return members;
    }

    private Model first() {
        return members.get(0).model();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    /** Those of the first model that has any. */
    @Override
    public Attributes userAttributes() {
        return members.stream()
                .map(member -> member.model().userAttributes())
                .filter(attributes -> !attributes.isEmpty())
                .findFirst()
                .orElseGet(() -> Attributes.none(users().size()));
    }

    /** As {@link #userAttributes}. */
    @Override
    public Attributes itemAttributes() {
        return members.stream()
                .map(member -> member.model().itemAttributes())
                .filter(attributes -> !attributes.isEmpty())
                .findFirst()
                .orElseGet(() -> Attributes.none(items().size()));
    }

    @Override
    public IdMap users() {
        return first().users();
    }

    @Override
    public IdMap items() {
        return first().items();
    }

    @Override
    public Population population() {
        return first().population();
    }

    @Override
    public BlendModel in(IdMap otherUsers, IdMap otherItems) {
        if (otherUsers.sameAs(users()) && otherItems.sameAs(items())) {
            return this;
        }
        return new BlendModel(members.stream()
                .map(m -> new Member(m.model().in(otherUsers, otherItems), m.weight()))
                .toList());
    }

    /** Of all members, and mean, deviation and sum of the scores of each. */
    @Override
    public double servingCost() {
        return members.stream()
                .mapToDouble(m -> m.model().servingCost() + 3.0 * items().size())
                .sum();
    }

    @Override
    public float[] scores(int user) {
        Lookup.checkUser(user, users().size());
        double[] sum = new double[items().size()];
        for (Member member : members) {
            if (member.model().ranksFor(user)) {
                add(member, member.model().scores(user), sum);
            }
        }
        return floats(sum);
    }

    /** @throws InputException if the model does not have an item of the history, or one of its members scores no histories */
    @Override
    public float[] scores(History history) {
        history.checked(this);
        double[] sum = new double[items().size()];
        List<HistoryScorer> each = historyScorers();
        for (int m = 0; m < each.size(); m++) {
            add(members.get(m), each.get(m).scores(history), sum);
        }
        return floats(sum);
    }

    private List<HistoryScorer> historyScorers() {
        List<HistoryScorer> each = historyScorers;
        if (each == null) {
            each = members.stream()
                    .map(member -> member.model().require(HistoryScorer.class))
                    .toList();
            historyScorers = each;
        }
        return each;
    }

    @Override
    public List<Ranking> rank(int[] rows, int k, Interactions exclude, Workers workers) {
        Lookup.checkRanking(rows, k, exclude, users(), items());
        return ScoredItems.ofUsers(rows, k, exclude, population()::hasItem, () -> this::scores, workers);
    }

    @Override
    public Ranking rank(History history, int n, int... exclude) {
        int count = Lookup.count(n);
        int[] excluded = Lookup.ascending(exclude, items());
        return ScoredItems.best(scores(history), population()::hasItem, count, excluded);
    }

    private static void add(Member member, float[] scores, double[] sum) {
        Population population = member.model().population();
        double mean = 0;
        int n = 0;
        for (int item = 0; item < scores.length; item++) {
            if (population.hasItem(item)) {
                mean += scores[item];
                n++;
            }
        }
        mean /= Math.max(1, n);
        double squares = 0;
        for (int item = 0; item < scores.length; item++) {
            if (population.hasItem(item)) {
                squares += (scores[item] - mean) * (scores[item] - mean);
            }
        }
        double deviation = Math.sqrt(squares / Math.max(1, n));
        if (deviation > 0) {
            for (int item = 0; item < scores.length; item++) {
                sum[item] += population.hasItem(item) ? member.weight() * (scores[item] - mean) / deviation : 0;
            }
        }
    }

    private static float[] floats(double[] sum) {
        float[] scores = new float[sum.length];
        for (int item = 0; item < scores.length; item++) {
            scores[item] = (float) sum[item];
        }
        return scores;
    }

    /** Models and weights in one line. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (Member member : members) {
            parts.add(String.format(Locale.ROOT, "%s %.2f", member.model().name(), member.weight()));
        }
        return String.join(", ", parts);
    }
}
