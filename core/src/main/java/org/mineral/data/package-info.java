/** Interactions, ids, events, statistics and splits. */
@Stable
@NullMarked
package org.mineral.data;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
