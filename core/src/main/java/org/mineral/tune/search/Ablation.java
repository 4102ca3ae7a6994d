package org.mineral.tune.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.Comparison;
import org.mineral.tune.compare.ComparisonListener;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.DataSource;
import org.mineral.tune.compare.SelectionProtocol;

/**
 * Varies one or two settings of a model over a grid: each cell is trained with the same budget and evaluated on validation data. The test
 * part is used only on request. The spectral start is computed once. Cells run one after another, because a training uses all threads.
 *
 * <pre>{@code
 * AblationResult result = Ablation.of(data, Axis.parse("lambda=1:1.5"))
 *         .against(Axis.parse("temperature=0.05:0.25"))
 *         .run();
 * }</pre>
 *
 * <p>A builder: each method changes this ablation and returns it. Nothing is checked before {@link #check} or {@link #run}. Not thread-safe.
 */
public final class Ablation {

    private static final int MOST_CELLS = 2500;

    final Dataset data;
    final Axis x;
    DataSource source;
    ModelSpec model = ModelSpec.ofLoss(ModelSpec.of(ModelSpec.DEFAULT).loss());

    @Nullable
    Axis y;

    private @Nullable Budget budget;
    Map<String, String> settings = Map.of();
    long seed = Comparison.DEFAULT_SEED;
    int threads = Runtime.getRuntime().availableProcessors();

    @Nullable
    Path trials;

    boolean test;
    private @Nullable SelectionProtocol selection;
    ComparisonListener listener = ComparisonListener.NONE;

    private Ablation(Dataset data, Axis x) {
        this.data = data;
        this.x = x;
        this.source = DataSource.of(data.name());
    }

    /**
     * Of {@code mine+}, 10 epochs a cell, all processors.
     *
     * @param data missing parts are split off, see {@link DataProtocol}
     */
    public static Ablation of(Dataset data, Axis x) {
        return new Ablation(data, x);
    }

    /** The data as a user names them. */
    public Ablation source(DataSource source) {
        this.source = source;
        return this;
    }

    /** Matrix factorisation with this loss. */
    public Ablation loss(String loss) {
        return model(ModelSpec.ofLoss(loss));
    }

    public Ablation model(ModelSpec model) {
        this.model = model;
        return this;
    }

    /** A second setting to vary; null to vary x only. */
    public Ablation against(@Nullable Axis y) {
        this.y = y;
        return this;
    }

    /** Of each cell; null for as many epochs as the search chose, or {@link Comparison#DEFAULT_BUDGET}. */
    public Ablation budget(@Nullable Budget budget) {
        this.budget = budget;
        return this;
    }

    /** Settings for all cells, by public name. */
    public Ablation settings(Map<String, String> settings) {
        this.settings = new LinkedHashMap<>(settings);
        return this;
    }

    /** Of the division and of every training. */
    public Ablation seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Number of threads; the default is one for each processor. Results do not depend on it. */
    public Ablation threads(int threads) {
        this.threads = threads;
        return this;
    }

    /** A file of finished cells, JSON lines; these are not trained again. Null: none. */
    public Ablation trials(@Nullable Path trials) {
        this.trials = trials;
        return this;
    }

    /** Whether each cell is measured on the test part too. */
    public Ablation test(boolean test) {
        this.test = test;
        return this;
    }

    /**
     * What is held out, and whether what is not varied is what {@code train} would choose, which a short search finds. Without a word it is, unless
     * settings say how to begin ({@link SelectionProtocol#byDefault}).
     */
    public Ablation selection(SelectionProtocol selection) {
        this.selection = selection;
        return this;
    }

    public Ablation listener(ComparisonListener listener) {
        this.listener = listener;
        return this;
    }

    /**
     * Checks everything but the data.
     *
     * @throws InputException for an unknown name, or a value out of range, in any cell
     */
    public Ablation check() {
        Map<String, String> varied = new LinkedHashMap<>();
        for (Axis axis : y == null ? List.of(x) : List.of(x, y)) {
            if (varied.put(axis.name(), axis.values().get(0)) != null || settings.containsKey(axis.name())) {
                throw new InputException(axis.name() + " is given twice; name each setting once.");
            }
        }
        ComparedModel.check(varied, List.of(model));
        ComparedModel.check(settings, List.of(model));
        Algorithms.of(model.algorithm()).unused(model.with(varied).settings()).forEach((name, why) -> {
            throw new InputException("nothing comes of varying " + name + ": " + why);
        });
        List<Map<String, String>> grid = cells();
        if (grid.size() > MOST_CELLS) {
            throw new InputException("a grid of " + grid.size() + " cells; allowed: up to " + MOST_CELLS + ".");
        }
        grid.forEach(cell -> compared(cell, Map.of()));
        return this;
    }

    /** @throws InputException as {@link #check}, if there are too few data to split, or the trials file belongs to something else */
    public AblationResult run() {
        check();
        return new RunningAblation(this).result();
    }

    /** The name of the model. */
    String name() {
        return ComparedModel.named(List.of(model)).keySet().iterator().next();
    }

    SelectionProtocol selection() {
        return selection == null ? SelectionProtocol.byDefault(settings.keySet()) : selection;
    }

    /** @param otherwise null for the default */
    Budget budget(@Nullable Integer otherwise) {
        if (budget != null) {
            return budget;
        }
        return otherwise == null ? Comparison.DEFAULT_BUDGET : Budget.epochs(otherwise);
    }

    /** @param begun settings that neither the cell nor the given ones decide */
    ComparedModel compared(Map<String, String> cell, Map<String, String> begun) {
        Map<String, String> all = new LinkedHashMap<>(begun);
        all.putAll(settings);
        all.putAll(cell);
        return ComparedModel.of(name(), model, all, seed);
    }

    /** All cells, by y, then by x. */
    List<Map<String, String>> cells() {
        List<Map<String, String>> cells = new ArrayList<>();
        for (String row : y == null ? List.of("") : y.values()) {
            for (String value : x.values()) {
                // In a fixed order, unlike Map.of.
                Map<String, String> cell = new LinkedHashMap<>(Map.of(x.name(), value));
                if (y != null) {
                    cell.put(y.name(), row);
                }
                cells.add(cell);
            }
        }
        return cells;
    }
}
