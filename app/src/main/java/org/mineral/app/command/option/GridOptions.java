package org.mineral.app.command.option;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.tune.search.Axis;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A model, and the one or two of its settings that are varied. */
public final class GridOptions {

    @Option(names = "--loss", paramLabel = "NAME", description = "One of `mineral loss --list`. Default: mine+.")
    @Nullable
    String loss;

    @Option(
            names = "--x",
            required = true,
            paramLabel = "NAME=RANGE",
            description =
                    "The horizontal setting: low:high, low:high:steps (6 by default), or a list of values, a,b,c.")
    String x = "";

    @Option(names = "--y", paramLabel = "NAME=RANGE", description = "The vertical setting. Default: none.")
    @Nullable
    String y;

    @Mixin
    ModelOption model = new ModelOption();

    /** @throws org.mineral.config.InputException for an unknown name */
    public ModelSpec model() {
        return model.specs(loss == null ? List.of() : List.of(loss), List.of("mine+"))
                .get(0);
    }

    /** @throws org.mineral.config.InputException if it is not a range */
    public Axis x() {
        return Axis.parse(x);
    }

    /** Null for a row of cells. */
    public @Nullable Axis y() {
        return y == null ? null : Axis.parse(y);
    }

    /** These settings, and those that are varied. */
    public Set<String> names(Collection<String> settings) {
        Set<String> names = new HashSet<>(settings);
        names.add(x().name());
        Axis upwards = y();
        if (upwards != null) {
            names.add(upwards.name());
        }
        return names;
    }
}
