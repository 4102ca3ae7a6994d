/** Dense single-precision matrices, and the kernels that work on them: scalar, and SIMD where the JVM has it. */
@Experimental
@NullMarked
package org.mineral.linalg;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Experimental;
