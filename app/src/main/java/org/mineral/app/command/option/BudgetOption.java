package org.mineral.app.command.option;

import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.tune.compare.Budget;
import picocli.CommandLine.Option;

/** The budget of each training of a comparison or an ablation. */
public final class BudgetOption {

    @Option(
            names = "--budget",
            paramLabel = "N|TIME",
            description = "Budget of each training: epochs (10) or training time (60s, 2m). Default: as many epochs "
                    + "as the search found, or 10.")
    @Nullable
    String budget;

    @Option(names = "--minutes", paramLabel = "M", hidden = true)
    @Nullable
    String minutes;

    /**
     * Null if it is not given.
     *
     * @throws InputException if it is neither epochs nor a time, or a limit for all trainings together
     */
    public @Nullable Budget budget() {
        if (minutes != null) {
            throw new InputException(
                    "--minutes limits all trainings of `tune`, or of `train --effort thorough`, together; here "
                            + "all models and cells have the same. Leave it out, or limit each training: --budget 60s.");
        }
        return budget == null ? null : Budget.parse(budget);
    }
}
