/** Titles and attributes of items, and lists of ids. */
@Stable
@NullMarked
package org.mineral.data.items;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
