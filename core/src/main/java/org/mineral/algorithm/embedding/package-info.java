/** Embedding models: matrix factorisation and LightGCN, their capabilities, and ensembles. */
@Experimental
@NullMarked
package org.mineral.algorithm.embedding;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
