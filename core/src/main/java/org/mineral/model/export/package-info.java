/** Vectors in formats of other software, and back. */
@NullMarked
package org.mineral.model.export;

import org.jspecify.annotations.NullMarked;
