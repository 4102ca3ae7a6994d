/** The algorithms {@code item-knn} and {@code user-knn}: nearest neighbours. */
@NullMarked
package org.mineral.algorithm.knn;

import org.jspecify.annotations.NullMarked;
