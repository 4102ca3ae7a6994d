/**
 * Files that survive kills, crashes and full disks: locks, atomic replacement, append-only journals. Internal; it uses {@code config} only.
 */
@NullMarked
package org.mineral.files;

import org.jspecify.annotations.NullMarked;
