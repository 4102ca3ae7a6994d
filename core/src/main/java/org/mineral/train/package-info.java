/** Training: options, spectral start, the block engine, early stopping, fold-in. */
@NullMarked
package org.mineral.train;

import org.jspecify.annotations.NullMarked;
