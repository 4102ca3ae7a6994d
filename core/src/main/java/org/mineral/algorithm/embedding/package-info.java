/** Models of vectors as algorithms: matrix factorisation and LightGCN, their capabilities, and ensembles of them. */
@Experimental
@NullMarked
package org.mineral.algorithm.embedding;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
