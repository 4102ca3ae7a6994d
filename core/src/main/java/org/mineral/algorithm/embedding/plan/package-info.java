/** What a training computes, and the memory that it takes, before it begins. */
@NullMarked
package org.mineral.algorithm.embedding.plan;

import org.jspecify.annotations.NullMarked;
