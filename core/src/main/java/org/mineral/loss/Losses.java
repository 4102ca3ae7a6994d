package org.mineral.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mineral.config.Config;
import org.mineral.config.InputException;

/** All losses by name. A new loss is one record and one line here. */
public final class Losses {

    private static final List<Class<? extends Record>> ALL = List.of(
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
            DebiasedMse.class);

    private Losses() {}

    /** Names in the order of the study's table. */
    public static List<String> names() {
        return ALL.stream().map(Losses::name).toList();
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
        return ALL.stream()
                .filter(type -> name(type).equals(name))
                .findFirst()
                .orElseThrow(() -> InputException.unknown("loss", name, names()));
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

    /** The loss's own parameters as a user would write them. */
    public static Map<String, String> parameters(Loss loss) {
        return new LinkedHashMap<>(Config.toMap((Record) loss));
    }

    private static String name(Class<? extends Record> record) {
        return typeOf(record).name();
    }
}
