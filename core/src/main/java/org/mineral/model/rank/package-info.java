/** The best items of a row of scores, for one user or for many at once. */
@NullMarked
package org.mineral.model.rank;

import org.jspecify.annotations.NullMarked;
