package org.mineral.app.command.option;

import org.jspecify.annotations.Nullable;
import org.mineral.eval.Evaluator;
import picocli.CommandLine.Option;

/** What is measured in an evaluation, and for whom. */
public final class EvaluatorOptions {

    @Option(names = "--at", split = ",", paramLabel = "K", description = "Lengths of the lists. Default: 20.")
    int[] at = {20};

    @Option(names = "--auc", description = "Also report AUC. It scores every item for every user, and takes longer.")
    boolean auc;

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "Evaluate N users, drawn by --seed, instead of all: for large data.")
    @Nullable
    Integer users;

    @Option(names = "--allow-repeats", description = "Rank what a user took already as well. Default: it is left out.")
    boolean allowRepeats;

    @Option(
            names = "--cold",
            description = "Also report apart the test items that nobody took before, ranked among themselves, and "
                    + "all others, ranked among themselves.")
    boolean cold;

    /** Whether items without earlier interactions are reported apart. */
    public boolean cold() {
        return cold;
    }

    /** @throws org.mineral.config.InputException if a number is out of range */
    public Evaluator evaluator(long seed) {
        Evaluator evaluator = Evaluator.at(at).withExposure();
        evaluator = auc ? evaluator.withAuc() : evaluator;
        evaluator = allowRepeats ? evaluator.withRepeats() : evaluator;
        return users == null ? evaluator : evaluator.withUsers(users, seed);
    }
}
