package org.mineral.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What both the estimator and its model have: columns, and how lists are made.
 * Explained by {@code explainParams()}, in the words of docs/how-to/spark.md.
 *
 * @param <T> whose parameters they are
 */
public interface ServingParams<T> extends Params {

    default Param<String> userCol() {
        return ParamTable.get(this, "userCol");
    }

    default Param<String> itemCol() {
        return ParamTable.get(this, "itemCol");
    }

    default Param<String> historyCol() {
        return ParamTable.get(this, "historyCol");
    }

    default Param<String> predictionCol() {
        return ParamTable.get(this, "predictionCol");
    }

    default Param<String> coldStartStrategy() {
        return ParamTable.get(this, "coldStartStrategy");
    }

    default Param<Object> blockSize() {
        return ParamTable.get(this, "blockSize");
    }

    default Param<Object> filterSeen() {
        return ParamTable.get(this, "filterSeen");
    }

    default Param<Object> rankMode() {
        return ParamTable.get(this, "rankMode");
    }

    default Param<Object> k() {
        return ParamTable.get(this, "k");
    }

    default T setUserCol(String value) {
        return ParamTable.set(this, "userCol", value);
    }

    default T setItemCol(String value) {
        return ParamTable.set(this, "itemCol", value);
    }

    default T setHistoryCol(String value) {
        return ParamTable.set(this, "historyCol", value);
    }

    default T setPredictionCol(String value) {
        return ParamTable.set(this, "predictionCol", value);
    }

    default T setColdStartStrategy(String value) {
        return ParamTable.set(this, "coldStartStrategy", value);
    }

    default T setBlockSize(int value) {
        return ParamTable.set(this, "blockSize", value);
    }

    default T setFilterSeen(boolean value) {
        return ParamTable.set(this, "filterSeen", value);
    }

    default T setRankMode(boolean value) {
        return ParamTable.set(this, "rankMode", value);
    }

    default T setK(int value) {
        return ParamTable.set(this, "k", value);
    }

    default String getUserCol() {
        return ParamTable.value(this, "userCol");
    }

    default String getItemCol() {
        return ParamTable.value(this, "itemCol");
    }

    default String getHistoryCol() {
        return ParamTable.value(this, "historyCol");
    }

    default String getPredictionCol() {
        return ParamTable.value(this, "predictionCol");
    }

    default String getColdStartStrategy() {
        return ParamTable.value(this, "coldStartStrategy");
    }

    default int getBlockSize() {
        return ParamTable.value(this, "blockSize");
    }

    default boolean getFilterSeen() {
        return ParamTable.value(this, "filterSeen");
    }

    default boolean getRankMode() {
        return ParamTable.value(this, "rankMode");
    }

    default int getK() {
        return ParamTable.value(this, "k");
    }
}
