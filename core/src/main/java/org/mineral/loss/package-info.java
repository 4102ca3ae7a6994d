/** The losses of the study. A loss knows nothing of matrices, threads or files: only of one user's row of scores. */
@Stable
@NullMarked
package org.mineral.loss;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
