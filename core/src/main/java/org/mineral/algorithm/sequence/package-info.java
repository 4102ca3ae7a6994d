/** What a user takes next: vectors of the last items of a history, trained with any loss. */
@Experimental
@NullMarked
package org.mineral.algorithm.sequence;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
