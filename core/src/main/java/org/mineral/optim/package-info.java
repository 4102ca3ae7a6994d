/** Optimisers and learning-rate schedules. */
@Experimental
@NullMarked
package org.mineral.optim;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
