/** Updates trained models: folds in new users and items, and trains all for a few epochs. */
@Experimental
@NullMarked
package org.mineral.algorithm.embedding.update;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
