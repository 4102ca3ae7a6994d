/** Searching settings, and leaving them out one at a time. */
@Experimental
@NullMarked
package org.mineral.tune.search;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
