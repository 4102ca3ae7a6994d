/** Kernels on the Vector API; used where the JVM has it. */
@NullMarked
package org.mineral.linalg.simd;

import org.jspecify.annotations.NullMarked;
