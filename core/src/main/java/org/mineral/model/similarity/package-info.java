/** Similarities of the rows of a sparse matrix, and sparse weights between items. */
@Stable
@NullMarked
package org.mineral.model.similarity;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
