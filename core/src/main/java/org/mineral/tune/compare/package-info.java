/** Comparing models on one split with equal budgets. */
@Experimental
@NullMarked
package org.mineral.tune.compare;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
