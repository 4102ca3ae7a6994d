package org.mineral.eval.information;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.mineral.data.Interactions;

/**
 * The empirical distribution of pairs: p(u,i) = 1/N on each of the N pairs, p(u) = n_u/N, p(i) = c_i/N, and the reference
 * q(i|u) = c_i/N_u over the items that are not excluded for u, N_u being the sum of their c_i. Without exclusions q(i|u)
 * is p(i).
 */
final class PairDistribution {

    final Interactions pairs;
    final Interactions excluded;
    final int[] itemCounts;

    /** Users with pairs, ascending. */
    final int[] users;

    /** @param excluded same shape; disjoint from {@code pairs} */
    PairDistribution(Interactions pairs, Interactions excluded) {
        this.pairs = pairs;
        this.excluded = excluded;
        this.itemCounts = pairs.itemCounts();
        this.users = IntStream.range(0, pairs.users())
                .filter(u -> pairs.count(u) > 0)
                .toArray();
    }

    double size() {
        return pairs.size();
    }

    /** N_u. */
    double reference(int user) {
        long mass = pairs.size();
        for (int k = excluded.begin(user); k < excluded.end(user); k++) {
            mass -= itemCounts[excluded.columns()[k]];
        }
        return mass;
    }

    /** The information that the bounds estimate: the mean over pairs of log p(i|u)/q(i|u), with p(i|u) = 1/n_u. */
    double information() {
        return Arrays.stream(users).mapToDouble(this::information).sum() / size();
    }

    private double information(int user) {
        double share = reference(user) / pairs.count(user);
        double sum = 0;
        for (int k = pairs.begin(user); k < pairs.end(user); k++) {
            sum += Math.log(share / itemCounts[pairs.columns()[k]]);
        }
        return sum;
    }
}
