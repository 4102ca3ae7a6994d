/** Where a Java program begins: {@link org.mineral.Recommender}. */
@Stable
@NullMarked
package org.mineral;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
