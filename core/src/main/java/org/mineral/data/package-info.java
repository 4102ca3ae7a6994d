/** Interactions, ids, events, statistics and splits. */
@NullMarked
package org.mineral.data;

import org.jspecify.annotations.NullMarked;
