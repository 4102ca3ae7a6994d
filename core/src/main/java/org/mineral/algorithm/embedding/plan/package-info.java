/** What a training will take in memory and time, before it begins. */
@NullMarked
package org.mineral.algorithm.embedding.plan;

import org.jspecify.annotations.NullMarked;
