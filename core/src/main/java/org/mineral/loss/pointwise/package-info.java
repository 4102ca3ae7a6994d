/** Losses that judge each score by itself: squared error, cross-entropy, CCL, and their debiased forms. */
@Stable
@NullMarked
package org.mineral.loss.pointwise;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
