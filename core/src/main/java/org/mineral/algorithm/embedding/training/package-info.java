/** A training run: epochs, validation, checkpoints, the weights that are kept. */
@Experimental
@NullMarked
package org.mineral.algorithm.embedding.training;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
