/** A training run: epochs, validation, checkpoints, the weights that are kept. */
@NullMarked
package org.mineral.algorithm.embedding.training;

import org.jspecify.annotations.NullMarked;
