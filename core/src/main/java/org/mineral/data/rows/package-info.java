/** From rows to a data set: which columns and rows are taken, how repeated ones are merged. */
@Stable
@NullMarked
package org.mineral.data.rows;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
