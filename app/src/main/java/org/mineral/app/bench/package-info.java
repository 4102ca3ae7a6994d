/** What {@code mineral bench} measures, each against the limit of this machine in the same moment. */
@org.jspecify.annotations.NullMarked
package org.mineral.app.bench;
