/** A training run: epochs, validation, checkpoints, selection of weights. */
@Experimental
@NullMarked
package org.mineral.algorithm.embedding.training;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
