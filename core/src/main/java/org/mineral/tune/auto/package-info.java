/** Settings measured on a held-out part of the training data, in time proportionate to the training. */
@Experimental
@NullMarked
package org.mineral.tune.auto;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
