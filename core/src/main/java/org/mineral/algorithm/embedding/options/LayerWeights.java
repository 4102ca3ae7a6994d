package org.mineral.algorithm.embedding.options;

import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import org.mineral.config.InputException;

/**
 * The settings {@code layers} and {@code layer_weights} as a_0 to a_K, the weights of {@code e = sum_k a_k A^k e_0}.
 *
 * <p>A has each singular value s of the interactions twice, as s where users and items agree and as -s where they are opposed, and
 * the propagation multiplies these by f(s) and f(-s), {@code f(s) = sum_k a_k s^k}. At s = 1, which is popularity, equal weights of an
 * odd K leave nothing of the opposed part, so that no user's vector can turn away from popular items. {@code auto} gives the
 * odd powers 1/4 in all, whatever K is: f(-1) = f(1)/2. Among the even ones the last counts double.
 */
public final class LayerWeights {

    private static final String AUTO = "auto";
    private static final String UNIFORM = "uniform";
    private static final float ODD = 0.25f;

    private LayerWeights() {}

    /**
     * a_0 to a_K; for {@code uniform} each is 1/(K + 1).
     *
     * @throws InputException if the text is neither {@code auto} nor {@code uniform} nor K + 1 finite numbers that are not all 0
     */
    public static float[] of(int layers, String text) {
        if (text.equals(AUTO)) {
            return auto(layers);
        }
        float[] weights = new float[layers + 1];
        if (text.equals(UNIFORM)) {
            Arrays.fill(weights, 1f / weights.length);
            return weights;
        }
        String[] parts = text.split(",", -1);
        if (parts.length != weights.length) {
            throw refused(layers, text, "holds " + parts.length + " of them");
        }
        boolean any = false;
        for (int k = 0; k < weights.length; k++) {
            try {
                weights[k] = Float.parseFloat(parts[k].strip());
            } catch (NumberFormatException e) {
                throw refused(layers, text, "'" + parts[k] + "' is no number");
            }
            if (!Float.isFinite(weights[k])) {
                throw refused(layers, text, "'" + parts[k] + "' is not finite");
            }
            any |= weights[k] != 0;
        }
        if (!any) {
            throw refused(layers, text, "all are 0");
        }
        return weights;
    }

    /** Resolves {@code auto}; other texts are unchanged. Without layers {@code uniform}, which fits any number. */
    static String resolved(int layers, String text) {
        if (!text.equals(AUTO)) {
            return text;
        }
        if (layers == 0) {
            return UNIFORM;
        }
        StringJoiner weights = new StringJoiner(",");
        for (float weight : auto(layers)) {
            weights.add(Float.toString(weight));
        }
        return weights.toString();
    }

    private static float[] auto(int layers) {
        float[] weights = new float[layers + 1];
        float odd = layers == 0 ? 0 : ODD;
        int lastEven = layers / 2 * 2;
        float evenTerms = lastEven / 2 + (lastEven > 0 ? 2 : 1);
        for (int k = 0; k <= layers; k++) {
            float even = (1 - odd) / evenTerms * (k == lastEven && k > 0 ? 2 : 1);
            weights[k] = k % 2 == 0 ? even : odd / ((layers + 1) / 2);
        }
        return weights;
    }

    private static InputException refused(int layers, String text, String found) {
        return new InputException(String.format(
                Locale.ROOT,
                "layer_weights = %s with layers = %d: %s; allowed: auto, uniform, or %d numbers such as %s.",
                text,
                layers,
                found,
                layers + 1,
                example(layers)));
    }

    private static String example(int layers) {
        StringBuilder example = new StringBuilder("1");
        for (int k = 1; k <= layers; k++) {
            example.append(k % 2 == 0 ? ",1" : ",0.5");
        }
        return example.toString();
    }
}
