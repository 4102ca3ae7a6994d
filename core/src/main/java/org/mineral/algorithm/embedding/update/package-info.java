/** A trained model and more interactions: new vectors are folded in, and all go on for a few epochs. */
@Experimental
@NullMarked
package org.mineral.algorithm.embedding.update;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
