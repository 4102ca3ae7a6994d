/** The best items of a row of scores, for one user or for many at once. */
@Experimental
@NullMarked
package org.mineral.model.rank;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
