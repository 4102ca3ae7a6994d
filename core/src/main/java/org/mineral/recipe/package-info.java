/** A whole training: where settings begin, which part of the data chooses, what is trained in the end. */
@Experimental
@NullMarked
package org.mineral.recipe;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
