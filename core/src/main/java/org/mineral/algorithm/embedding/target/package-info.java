/** What an embedding is trained on: positives and their weights, by recency, by a teacher, by user, and temperatures by user. */
@NullMarked
package org.mineral.algorithm.embedding.target;

import org.jspecify.annotations.NullMarked;
