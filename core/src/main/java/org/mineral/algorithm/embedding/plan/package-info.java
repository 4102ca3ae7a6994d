/** What a training computes, and the memory that it takes, before it begins. */
@Stable
@NullMarked
package org.mineral.algorithm.embedding.plan;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
