/** Algorithms with their settings, found by name, and the inputs and results of a training run. */
@Stable
@NullMarked
package org.mineral.algorithm;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
