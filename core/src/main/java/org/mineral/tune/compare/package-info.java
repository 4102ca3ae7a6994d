/** Comparing models on one split with equal budgets. */
@NullMarked
package org.mineral.tune.compare;

import org.jspecify.annotations.NullMarked;
