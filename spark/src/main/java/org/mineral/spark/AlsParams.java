package org.mineral.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Parameters of a training that Spark's ALS has too, under its names.
 *
 * @param <T> whose parameters they are
 */
public interface AlsParams<T> extends Params {

    default Param<String> ratingCol() {
        return ParamTable.get(this, "ratingCol");
    }

    default Param<Object> rank() {
        return ParamTable.get(this, "rank");
    }

    default Param<Object> maxIter() {
        return ParamTable.get(this, "maxIter");
    }

    default Param<Object> regParam() {
        return ParamTable.get(this, "regParam");
    }

    default Param<Object> alpha() {
        return ParamTable.get(this, "alpha");
    }

    default Param<Object> implicitPrefs() {
        return ParamTable.get(this, "implicitPrefs");
    }

    default Param<Object> nonnegative() {
        return ParamTable.get(this, "nonnegative");
    }

    default Param<Object> numUserBlocks() {
        return ParamTable.get(this, "numUserBlocks");
    }

    default Param<Object> numItemBlocks() {
        return ParamTable.get(this, "numItemBlocks");
    }

    default Param<Object> checkpointInterval() {
        return ParamTable.get(this, "checkpointInterval");
    }

    default Param<String> intermediateStorageLevel() {
        return ParamTable.get(this, "intermediateStorageLevel");
    }

    default Param<String> finalStorageLevel() {
        return ParamTable.get(this, "finalStorageLevel");
    }

    default Param<Object> seed() {
        return ParamTable.get(this, "seed");
    }

    default T setRatingCol(String value) {
        return ParamTable.set(this, "ratingCol", value);
    }

    default T setRank(int value) {
        return ParamTable.set(this, "rank", value);
    }

    default T setMaxIter(int value) {
        return ParamTable.set(this, "maxIter", value);
    }

    default T setRegParam(double value) {
        return ParamTable.set(this, "regParam", value);
    }

    default T setAlpha(double value) {
        return ParamTable.set(this, "alpha", value);
    }

    default T setImplicitPrefs(boolean value) {
        return ParamTable.set(this, "implicitPrefs", value);
    }

    default T setNonnegative(boolean value) {
        return ParamTable.set(this, "nonnegative", value);
    }

    default T setNumUserBlocks(int value) {
        return ParamTable.set(this, "numUserBlocks", value);
    }

    default T setNumItemBlocks(int value) {
        return ParamTable.set(this, "numItemBlocks", value);
    }

    default T setCheckpointInterval(int value) {
        return ParamTable.set(this, "checkpointInterval", value);
    }

    default T setIntermediateStorageLevel(String value) {
        return ParamTable.set(this, "intermediateStorageLevel", value);
    }

    default T setFinalStorageLevel(String value) {
        return ParamTable.set(this, "finalStorageLevel", value);
    }

    default T setSeed(long value) {
        return ParamTable.set(this, "seed", value);
    }

    default String getRatingCol() {
        return ParamTable.value(this, "ratingCol");
    }

    default int getRank() {
        return ParamTable.value(this, "rank");
    }

    default int getMaxIter() {
        return ParamTable.value(this, "maxIter");
    }

    default double getRegParam() {
        return ParamTable.value(this, "regParam");
    }

    default double getAlpha() {
        return ParamTable.value(this, "alpha");
    }

    default boolean getImplicitPrefs() {
        return ParamTable.value(this, "implicitPrefs");
    }

    default boolean getNonnegative() {
        return ParamTable.value(this, "nonnegative");
    }

    default int getNumUserBlocks() {
        return ParamTable.value(this, "numUserBlocks");
    }

    default int getNumItemBlocks() {
        return ParamTable.value(this, "numItemBlocks");
    }

    default int getCheckpointInterval() {
        return ParamTable.value(this, "checkpointInterval");
    }

    default String getIntermediateStorageLevel() {
        return ParamTable.value(this, "intermediateStorageLevel");
    }

    default String getFinalStorageLevel() {
        return ParamTable.value(this, "finalStorageLevel");
    }

    default long getSeed() {
        return ParamTable.value(this, "seed");
    }
}
