/** What models keep of attributes, so that they can take in users and items that came after training. */
@Experimental
@NullMarked
package org.mineral.model.attributes;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
