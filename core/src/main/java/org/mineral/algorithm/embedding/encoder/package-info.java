/** From parameters to vectors and back: tables, sums, sparse maps, propagation, biases, normalisation, composed in a chain. */
@NullMarked
package org.mineral.algorithm.embedding.encoder;

import org.jspecify.annotations.NullMarked;
