/** Mineral as an Estimator and a Model of Spark ML, with the names of Spark's ALS. */
@NullMarked
package org.mineral.spark;

import org.jspecify.annotations.NullMarked;
