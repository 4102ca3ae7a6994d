/** Full-ranking evaluation: metrics per user, their means, intervals and comparisons. */
@Stable
@NullMarked
package org.mineral.eval;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
