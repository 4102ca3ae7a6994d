/** From parameters to vectors and back: tables, sums, sparse maps, propagation, biases, normalisation, composed in a chain. */
@Experimental
@NullMarked
package org.mineral.algorithm.embedding.encoder;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
