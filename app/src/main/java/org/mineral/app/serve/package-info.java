/** {@code mineral serve}: options, start and stop. */
@NullMarked
package org.mineral.app.serve;

import org.jspecify.annotations.NullMarked;
