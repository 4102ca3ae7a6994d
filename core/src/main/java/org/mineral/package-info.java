/** Where a Java program begins: {@link org.mineral.Recommender}. */
@NullMarked
package org.mineral;

import org.jspecify.annotations.NullMarked;
