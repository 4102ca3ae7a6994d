/** From rows to a data set: which columns and rows are taken, how repeated ones are merged. */
@NullMarked
package org.mineral.data.rows;

import org.jspecify.annotations.NullMarked;
