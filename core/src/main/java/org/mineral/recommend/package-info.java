/** The best items for somebody: of all, or of those that a query allows; with the reasons where a list is short. */
@Experimental
@NullMarked
package org.mineral.recommend;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
