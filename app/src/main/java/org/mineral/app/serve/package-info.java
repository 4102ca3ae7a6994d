/** {@code mineral serve}: everything put together. */
@NullMarked
package org.mineral.app.serve;

import org.jspecify.annotations.NullMarked;
