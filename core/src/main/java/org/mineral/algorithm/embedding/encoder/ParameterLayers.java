package org.mineral.algorithm.embedding.encoder;

import java.util.ArrayList;
import java.util.List;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;

/**
 * Layers that an algorithm puts around the trained parameters, below history, normalisation and bias. The default is none.
 *
 * <p>A saved model holds the vectors that come out of them: training that goes on from these vectors goes on without the layers, so a layer
 * that changes vectors is {@link Encoder#folded}.
 */
public interface ParameterLayers {

    /** No layers. */
    ParameterLayers NONE = new ParameterLayers() {};

    /**
     * @param parameters the users' parameters, propagated if {@code layers} is set; a bias is the last column
     * @param train the interactions that are trained on
     */
    default Encoder users(Encoder parameters, Interactions train, LayerContext context) {
        return parameters;
    }

    /** As {@link #users}, for the items' side. */
    default Encoder items(Encoder parameters, Interactions train, LayerContext context) {
        return parameters;
    }

    /** These layers, and others around them. */
    default ParameterLayers inside(ParameterLayers outer) {
        ParameterLayers inner = this;
        return new ParameterLayers() {
            @Override
            public Encoder users(Encoder parameters, Interactions train, LayerContext context) {
                return outer.users(inner.users(parameters, train, context), train, context);
            }

            @Override
            public Encoder items(Encoder parameters, Interactions train, LayerContext context) {
                return outer.items(inner.items(parameters, train, context), train, context);
            }

            @Override
            public List<Matrix> tables() {
                List<Matrix> both = new ArrayList<>(inner.tables());
                both.addAll(outer.tables());
                return both;
            }

            @Override
            public long bytes(Interactions train, int dimension) {
                return inner.bytes(train, dimension) + outer.bytes(train, dimension);
            }
        };
    }

    /** The layers' own parameters that a model keeps beside its vectors, as they are now; not to be written to. */
    default List<Matrix> tables() {
        return List.of();
    }

    /** Bytes of the arrays that the layers allocate, for the plan's memory. */
    default long bytes(Interactions train, int dimension) {
        return 0;
    }
}
