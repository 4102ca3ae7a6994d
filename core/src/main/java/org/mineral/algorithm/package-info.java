/** What a model is made by: algorithms with their settings, found by name, and what a run of one of them is given and gives. */
@Stable
@NullMarked
package org.mineral.algorithm;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
