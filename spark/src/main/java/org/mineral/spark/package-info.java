/**
 * Mineral as an Estimator and a Model of Spark ML, with the names of Spark's ALS.
 *
 * <p><strong>Start here:</strong> {@link org.mineral.spark.MineralRecommender} trains on a frame of users and items, {@link
 * org.mineral.spark.MineralModel} recommends. Their parameters are those of {@link org.mineral.spark.AlsParams}, {@link
 * org.mineral.spark.TrainingParams} and {@link org.mineral.spark.ServingParams}.
 *
 * <pre>{@code
 * MineralModel model = new MineralRecommender().setUserCol("user").setItemCol("item").fit(interactions);
 * Dataset<Row> lists = model.recommendForAllUsers(10);
 * }</pre>
 */
@NullMarked
package org.mineral.spark;

import org.jspecify.annotations.NullMarked;
