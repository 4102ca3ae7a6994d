/** Models: how users and items are scored, ranked, saved and loaded. A model knows not how it was trained. */
@NullMarked
package org.mineral.model;

import org.jspecify.annotations.NullMarked;
