/** Losses of the logarithm of a sum over all candidates: softmax, InfoNCE, MINE and their relatives. */
@Stable
@NullMarked
package org.mineral.loss.listwise;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
