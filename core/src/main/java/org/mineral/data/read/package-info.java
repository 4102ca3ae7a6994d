/** Reading data sets: formats, detection, cleaning. */
@NullMarked
package org.mineral.data.read;

import org.jspecify.annotations.NullMarked;
