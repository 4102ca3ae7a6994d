/** Optimisers and learning-rate schedules. */
@NullMarked
package org.mineral.optim;

import org.jspecify.annotations.NullMarked;
