/** Full-ranking evaluation: metrics per user, their means, intervals and comparisons. */
@NullMarked
package org.mineral.eval;

import org.jspecify.annotations.NullMarked;
