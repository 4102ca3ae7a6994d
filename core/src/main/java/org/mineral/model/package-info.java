/** Models: how users and items are scored, ranked, saved and loaded. Models do not depend on how they were trained. */
@Stable
@NullMarked
package org.mineral.model;

import org.jspecify.annotations.NullMarked;
import org.mineral.config.Stable;
