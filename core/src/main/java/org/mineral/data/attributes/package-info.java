/** Attributes of users and items from side files: which column means what, and how its values become numbers. */
@Experimental
@NullMarked
package org.mineral.data.attributes;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
