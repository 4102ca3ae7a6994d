/** The measurements of {@code mineral bench}, each compared with the limit of this machine at the same time. */
@org.jspecify.annotations.NullMarked
package org.mineral.app.bench;
