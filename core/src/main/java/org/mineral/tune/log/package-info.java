/** Finished trials on disk, one line each. */
@NullMarked
package org.mineral.tune.log;

import org.jspecify.annotations.NullMarked;
