/** Settings by name: rules from the data, and what searches have found. */
@Experimental
@NullMarked
package org.mineral.tune.preset;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
