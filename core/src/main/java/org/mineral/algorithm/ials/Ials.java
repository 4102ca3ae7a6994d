package org.mineral.algorithm.ials;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.NonIterativeAlgorithm;
import org.mineral.algorithm.Plan;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.TallMatrix;
import org.mineral.linalg.Workers;
import org.mineral.model.Explainable;
import org.mineral.model.FactorModel;
import org.mineral.model.History;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.HistoryScorer;
import org.mineral.model.Model;
import org.mineral.model.ModelInfo;
import org.mineral.model.Population;
import org.mineral.model.VectorModel;

/**
 * Implicit alternating least squares (Hu, Koren, Volinsky 2008, doi 10.1109/ICDM.2008.22) with the objective and regularisation of Rendle,
 * Krichene, Zhang, Koren 2021 (arXiv 2110.14037):
 *
 * <pre>{@code sum over interactions (u, i) of c_ui (<w_u, h_i> - 1)^2 + alpha0 sum over all pairs (u, i) of <w_u, h_i>^2
 *   + l2 [ sum_u (n_u + alpha0 |I|)^nu |w_u|^2 + sum_i (n_i + alpha0 |U|)^nu |h_i|^2 ]}</pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><td>w_u, h_i</td><td>vectors of users and items, d values</td></tr>
 * <tr><td>c_ui</td><td>1, or the rating to the power {@link IalsSettings#ratingPower}</td></tr>
 * <tr><td>n_u, n_i</td><td>sums of c: with weights of 1 the numbers of interactions</td></tr>
 * <tr><td>|U|, |I|</td><td>numbers of users and items with interactions</td></tr>
 * <tr><td>alpha0, l2, nu</td><td>{@link IalsSettings}</td></tr>
 * </table>
 *
 * <p>Users are improved with the items fixed and items with the users fixed, in turn: by a few steps of {@link ConjugateGradients}, or exactly by
 * {@link RowSolver}.
 */
public final class Ials extends NonIterativeAlgorithm<IalsSettings, FactorModel> {

    private static final Set<Class<?>> OWN = Set.of(HistoryScorer.class, HistoryEncoder.class, Explainable.class);

    public Ials() {
        super(IalsSettings.class);
    }

    @Override
    protected void check(Dataset data) {
        FitContext.refuseNothingToLearn(data);
    }

    @Override
    public String name() {
        return "ials";
    }

    @Override
    public String description() {
        return "matrix factorisation by alternating least squares over all pairs";
    }

    @Override
    public String source() {
        return "Hu et al. 2008, doi 10.1109/ICDM.2008.22; Rendle et al. 2021, arXiv 2110.14037";
    }

    @Override
    public String formula(IalsSettings settings) {
        return "sum_(u,i) (s_ui - 1)^2 + alpha0 sum_u sum_j s_uj^2 + l2 (...)";
    }

    @Override
    public Class<FactorModel> modelType() {
        return FactorModel.class;
    }

    @Override
    public Plan plan(Dataset data, IalsSettings settings, FitContext context) {
        long rows = (long) data.users().size() + data.items().size();
        long vectors = Float.BYTES * rows * Matrix.pad(settings.dimension());
        int most = Math.max(data.users().size(), data.items().size());
        long start = settings.start() == IalsSettings.Start.SPECTRAL
                ? SpectralInit.bytes(data.train(), settings.dimension())
                : 0;
        long sweeps = TallMatrix.gramBytes(most, settings.dimension())
                + context.threads()
                        * (RowSolver.bytes(settings.dimension(), settings.blockSize()) + (long) Float.BYTES * most);
        long bytes = vectors
                + SparseMatrix.bytes(data.users().size(), data.train().size())
                + SparseMatrix.bytes(data.items().size(), data.train().size())
                + Math.max(start, sweeps);
        return Plan.of(
                data,
                String.format(Locale.ROOT, "%d sweeps of least squares, d=%d", settings.sweeps(), settings.dimension()),
                settings.sweeps() * RowSolver.gigaflops(data.train(), settings),
                bytes,
                "Set a smaller dimension");
    }

    @Override
    protected FactorModel make(Dataset data, IalsSettings settings, FitContext context) {
        ModelInfo info = context.info(name(), describe(settings), data);
        try (Workers workers = new Workers(context.threads())) {
            IalsSession session =
                    new IalsSession(data.weightedTrain(settings.ratingPower()), settings, workers, context.kernels());
            for (int sweep = 1; sweep <= settings.sweeps(); sweep++) {
                session.sweep();
                context.listener().progress((double) sweep / settings.sweeps());
            }
            FactorModel model = model(data, session, info).withKernels(context.kernels());
            return foldIn(data, session, settings, model)
                    ? model(data, session, info).withKernels(context.kernels())
                    : model;
        }
    }

    private static FactorModel model(Dataset data, IalsSession session, ModelInfo info) {
        return new FactorModel(
                session.userVectors(),
                session.itemVectors(),
                data.users(),
                data.items(),
                data.train(),
                data.seen(),
                info);
    }

    /** Gives a vector to users with validation items only; whether there are any. */
    private static boolean foldIn(Dataset data, IalsSession session, IalsSettings settings, FactorModel model) {
        Interactions train = data.train();
        Population population = Population.of(train, data.seen());
        IalsFoldIn foldIn = null;
        for (int user = 0; user < train.users(); user++) {
            if (population.foldedIn(user)) {
                foldIn = foldIn == null ? new IalsFoldIn(model, settings) : foldIn;
                session.userVectors().setRow(user, foldIn.vector(History.latest(population.usable(user))));
            }
        }
        return foldIn != null;
    }

    @Override
    public boolean offers(Class<?> capability) {
        return OWN.contains(capability) || super.offers(capability);
    }

    @Override
    public <C> Optional<C> capability(Model model, Class<C> type) {
        return OWN.contains(type)
                ? model.as(VectorModel.class)
                        .map(vectors -> type.cast(new IalsFoldIn(
                                vectors,
                                Config.read(IalsSettings.class, model.info().config()))))
                : super.capability(model, type);
    }
}
