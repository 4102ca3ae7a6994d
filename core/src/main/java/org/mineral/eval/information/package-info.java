/** The mutual information of users and items that a model's scores bound from below. */
@Stable
@NullMarked
package org.mineral.eval.information;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
