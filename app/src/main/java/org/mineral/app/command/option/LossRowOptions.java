package org.mineral.app.command.option;

import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.loss.RowEvaluator;
import picocli.CommandLine.Option;

/** The numbers of one row that a loss is evaluated on. */
public final class LossRowOptions {

    @Option(names = "--positives", paramLabel = "S,S", description = "Similarities of the user's positives.")
    @Nullable
    String positives;

    @Option(
            names = "--candidates",
            paramLabel = "S,S",
            description = "Similarities of the candidates, the whole set C.")
    @Nullable
    String candidates;

    @Option(names = "--weights", paramLabel = "W,W", description = "Weights of the candidates. Default: all 1.")
    @Nullable
    String weights;

    @Option(
            names = "--items",
            paramLabel = "N",
            description = "Size of the catalogue, for losses that depend on it. Default: the number of candidates.")
    int items;

    /** Whether there is a row to evaluate. */
    public boolean given() {
        return positives != null || candidates != null;
    }

    /** @throws InputException if there are numbers, for a verb that only describes a loss */
    public void refuse() {
        if (given() || weights != null) {
            throw new InputException("numbers need a loss and both --positives and --candidates; for example:"
                    + " mineral loss mine+ --positives 0.9 --candidates 0.5,-0.3");
        }
    }

    /** @throws InputException if positives or candidates are missing, or the loss cannot be evaluated on these numbers */
    public RowEvaluator.Result evaluate(RowEvaluator row) {
        if (positives == null || candidates == null) {
            throw new InputException(
                    (positives == null ? "--positives" : "--candidates")
                            + " is missing; a row needs both, as numbers separated by commas: --positives 0.9 --candidates 0.5,-0.3");
        }
        return row.withItems(items)
                .evaluate(
                        numbers("--positives", positives),
                        numbers("--candidates", candidates),
                        weights == null ? null : numbers("--weights", weights));
    }

    private static double[] numbers(String option, String text) {
        String[] parts = text.split(",", -1);
        double[] numbers = new double[parts.length];
        for (int k = 0; k < parts.length; k++) {
            try {
                numbers[k] = Double.parseDouble(parts[k].strip());
            } catch (NumberFormatException e) {
                throw new InputException(
                        option + ": '" + parts[k].strip() + "' at position " + (k + 1)
                                + " is not a number; allowed: numbers separated by commas, such as 0.9,-0.2.",
                        e);
            }
        }
        return numbers;
    }
}
