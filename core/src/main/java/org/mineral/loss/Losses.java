package org.mineral.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.mineral.config.Config;
import org.mineral.config.InputException;
import org.mineral.loss.listwise.Bsl;
import org.mineral.loss.listwise.CorrectedSoftmax;
import org.mineral.loss.listwise.Dcl;
import org.mineral.loss.listwise.DebiasedInfoNce;
import org.mineral.loss.listwise.InfoNce;
import org.mineral.loss.listwise.InfoNcePlus;
import org.mineral.loss.listwise.Mine;
import org.mineral.loss.listwise.MinePlus;
import org.mineral.loss.listwise.SampledSoftmax;
import org.mineral.loss.listwise.SigmoidSoftmax;
import org.mineral.loss.listwise.Softmax;
import org.mineral.loss.listwise.Talos;
import org.mineral.loss.listwise.TopSoftmax;
import org.mineral.loss.pairwise.Bpr;
import org.mineral.loss.pairwise.BprMax;
import org.mineral.loss.pairwise.Psl;
import org.mineral.loss.pairwise.Top1Max;
import org.mineral.loss.pairwise.Warp;
import org.mineral.loss.pointwise.Bce;
import org.mineral.loss.pointwise.Ccl;
import org.mineral.loss.pointwise.DebiasedCcl;
import org.mineral.loss.pointwise.DebiasedMse;
import org.mineral.loss.pointwise.DrRl;
import org.mineral.loss.pointwise.Gbce;
import org.mineral.loss.pointwise.Mse;
import org.mineral.loss.pointwise.Nce;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.LossType;

/**
 * All losses by name: Mineral's, and after them those of each {@link LossProvider} on the class path. A new loss of Mineral's is one
 * record and one line here.
 */
public final class Losses {

    private static final List<Class<? extends Record>> OWN = List.of(
            Bpr.class,
            Softmax.class,
            SampledSoftmax.class,
            InfoNce.class,
            InfoNcePlus.class,
            Dcl.class,
            Mine.class,
            MinePlus.class,
            Ccl.class,
            Mse.class,
            Bce.class,
            DebiasedInfoNce.class,
            DebiasedCcl.class,
            DebiasedMse.class,
            SigmoidSoftmax.class,
            Talos.class,
            TopSoftmax.class,
            Bsl.class,
            CorrectedSoftmax.class,
            Gbce.class,
            Nce.class,
            DrRl.class,
            Psl.class,
            BprMax.class,
            Top1Max.class,
            Warp.class);

    private static final Map<String, Class<? extends Record>> ALL = load();

    private Losses() {}

    private static Map<String, Class<? extends Record>> load() {
        Map<String, Class<? extends Record>> all = new LinkedHashMap<>();
        OWN.forEach(loss -> all.put(name(loss), loss));
        Map<String, Class<? extends Record>> others = new TreeMap<>();
        for (LossProvider provider : ServiceLoader.load(LossProvider.class, Losses.class.getClassLoader())) {
            for (Class<? extends Record> loss : provider.losses()) {
                if (!Loss.class.isAssignableFrom(loss)) {
                    throw new IllegalStateException(
                            loss + " is not a loss: implement SummedLoss, RowLoss, PairedLoss or PairwiseLoss.");
                }
                Class<? extends Record> other =
                        all.containsKey(name(loss)) ? all.get(name(loss)) : others.get(name(loss));
                if (other != null) {
                    throw new IllegalStateException("two losses are called " + name(loss) + ": " + other + " and "
                            + loss + "; leave one of their jars out.");
                }
                others.put(name(loss), loss);
            }
        }
        all.putAll(others);
        return all;
    }

    /** Mineral's in the order of the study's table, then those since the study, then the others in alphabetical order. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** Those that a comparison takes where no losses are named ({@link LossType#compared}). */
    public static List<String> compared() {
        return names().stream()
                .filter(name -> typeOf(recordOf(name)).compared())
                .toList();
    }

    /**
     * A loss with the given parameters, the others at their defaults.
     *
     * @throws InputException for an unknown name or parameter, or a value out of range
     */
    public static Loss of(String name, Map<String, String> parameters) {
        return (Loss) Config.read(recordOf(name), parameters);
    }

    public static Loss of(String name) {
        return of(name, Map.of());
    }

    public static Bpr bpr() {
        return new Bpr();
    }

    public static Softmax softmax() {
        return new Softmax();
    }

    public static SampledSoftmax sampledSoftmax() {
        return sampledSoftmax(SampledSoftmax.Pooling.INSIDE);
    }

    public static SampledSoftmax sampledSoftmax(SampledSoftmax.Pooling pooling) {
        return new SampledSoftmax(pooling);
    }

    public static InfoNce infoNce() {
        return new InfoNce();
    }

    public static InfoNcePlus infoNcePlus(double epsilon, double lambda) {
        return infoNcePlus(epsilon, lambda, 0);
    }

    public static InfoNcePlus infoNcePlus(double epsilon, double lambda, double sharpness) {
        return new InfoNcePlus(epsilon, lambda, sharpness);
    }

    public static Dcl dcl() {
        return new Dcl();
    }

    public static Mine mine() {
        return new Mine();
    }

    public static MinePlus minePlus(double lambda) {
        return minePlus(lambda, 0);
    }

    public static MinePlus minePlus(double lambda, double sharpness) {
        return new MinePlus(lambda, sharpness);
    }

    public static Ccl ccl(double margin, double negativeWeight) {
        return new Ccl(margin, negativeWeight);
    }

    public static Mse mse(double negativeWeight) {
        return new Mse(negativeWeight);
    }

    public static Bce bce(double negativeWeight) {
        return new Bce(negativeWeight);
    }

    public static DebiasedInfoNce debiasedInfoNce(double positiveRate) {
        return new DebiasedInfoNce(positiveRate);
    }

    public static DebiasedCcl debiasedCcl(double margin, double negativeWeight, double positiveScale) {
        return new DebiasedCcl(margin, negativeWeight, positiveScale);
    }

    public static DebiasedMse debiasedMse(double negativeWeight, double positiveScale) {
        return new DebiasedMse(negativeWeight, positiveScale);
    }

    /** The record behind a name: its components are the loss's parameters. */
    public static Class<? extends Record> recordOf(String name) {
        Class<? extends Record> loss = ALL.get(name);
        if (loss == null) {
            throw InputException.unknown("loss", name, names());
        }
        return loss;
    }

    public static LossType typeOf(Loss loss) {
        return typeOf(((Record) loss).getClass());
    }

    public static LossType typeOf(Class<? extends Record> record) {
        LossType type = record.getAnnotation(LossType.class);
        if (type == null) {
            throw new IllegalStateException(record + " lacks @LossType");
        }
        return type;
    }

    public static String name(Loss loss) {
        return typeOf(loss).name();
    }

    /** The loss's parameters as text. */
    public static Map<String, String> parameters(Loss loss) {
        return new LinkedHashMap<>(Config.toMap((Record) loss));
    }

    private static String name(Class<? extends Record> record) {
        return typeOf(record).name();
    }
}
