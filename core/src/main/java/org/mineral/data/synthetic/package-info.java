/** Generated data with a known structure. */
@NullMarked
package org.mineral.data.synthetic;

import org.jspecify.annotations.NullMarked;
