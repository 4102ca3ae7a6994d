package org.mineral.app.command.option;

import org.jspecify.annotations.Nullable;
import org.mineral.tune.compare.Budget;
import picocli.CommandLine.Option;

/** The budget of each training of a comparison or an ablation. */
public final class BudgetOption {

    @Option(
            names = "--budget",
            paramLabel = "N|TIME",
            description = {
                "Budget of each training: epochs (10) or training time (60s, 2m).",
                "Default: as many epochs as the search found, or 10."
            })
    @Nullable
    String budget;

    /**
     * Null if it is not given.
     *
     * @throws org.mineral.config.InputException if it is neither epochs nor a time
     */
    public @Nullable Budget budget() {
        return budget == null ? null : Budget.parse(budget);
    }
}
