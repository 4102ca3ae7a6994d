/** Generated data with a known structure. */
@Experimental
@NullMarked
package org.mineral.data.synthetic;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
