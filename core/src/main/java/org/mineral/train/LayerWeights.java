package org.mineral.train;

import java.util.Arrays;
import org.mineral.config.InputException;

/** The settings {@code layers} and {@code layer_weights} as a_0 to a_K, the weights of {@code e = sum_k a_k A^k e_0}. */
final class LayerWeights {

    static final String UNIFORM = "uniform";

    private LayerWeights() {}

    /**
     * a_0 to a_K; for {@code uniform} each is 1/(K + 1).
     *
     * @throws InputException if the text is neither {@code uniform} nor K + 1 finite numbers that are not all 0
     */
    static float[] of(int layers, String text) {
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

    private static InputException refused(int layers, String text, String found) {
        return new InputException("layer_weights = %s with layers = %d: %s; allowed: uniform, or %d numbers such as %s."
                .formatted(text, layers, found, layers + 1, example(layers)));
    }

    private static String example(int layers) {
        StringBuilder example = new StringBuilder("1");
        for (int k = 1; k <= layers; k++) {
            example.append(k % 2 == 0 ? ",1" : ",0.5");
        }
        return example.toString();
    }
}
