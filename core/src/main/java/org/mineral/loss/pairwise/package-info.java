/** Losses of differences between a positive's score and a candidate's. */
@Stable
@NullMarked
package org.mineral.loss.pairwise;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
