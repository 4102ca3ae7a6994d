/** Model directories: what each kind of model has in its files. */
@NullMarked
package org.mineral.model.io;

import org.jspecify.annotations.NullMarked;
