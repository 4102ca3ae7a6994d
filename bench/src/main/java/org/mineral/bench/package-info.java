/** JMH over the kernels. Run by {@code bench/run}, never by the build. */
@org.jspecify.annotations.NullMarked
package org.mineral.bench;
