/** Where parameters begin: random, spectral, from a teacher, from a cache. */
@NullMarked
package org.mineral.algorithm.embedding.init;

import org.jspecify.annotations.NullMarked;
