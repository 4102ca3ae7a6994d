/** Model directories: headers, tensors, ids, checksums, and one format for each kind of model. */
@Experimental
@NullMarked
package org.mineral.model.io;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
