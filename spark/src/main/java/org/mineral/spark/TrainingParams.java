package org.mineral.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Parameters of a training that Spark's ALS does not have.
 *
 * @param <T> whose parameters they are
 */
public interface TrainingParams<T> extends Params {

    default Param<String> algorithm() {
        return ParamTable.get(this, "algorithm");
    }

    default Param<String> timestampCol() {
        return ParamTable.get(this, "timestampCol");
    }

    /**
     * The name of a table or temporary view of the session with what is known of items: a column named as {@link ServingParams#itemCol}, and others, whose
     * roles are guessed as those of core's side files. Items that are in no interaction are learnt by their attributes.
     */
    default Param<String> itemFeatures() {
        return ParamTable.get(this, "itemFeatures");
    }

    default Param<String> loss() {
        return ParamTable.get(this, "loss");
    }

    default Param<Object> temperature() {
        return ParamTable.get(this, "temperature");
    }

    default Param<Object> lossLambda() {
        return ParamTable.get(this, "lossLambda");
    }

    default Param<String> candidates() {
        return ParamTable.get(this, "candidates");
    }

    default Param<Object> learningRate() {
        return ParamTable.get(this, "learningRate");
    }

    default Param<Object> trainBlockSize() {
        return ParamTable.get(this, "trainBlockSize");
    }

    default Param<Object> meetings() {
        return ParamTable.get(this, "meetings");
    }

    default Param<String[]> settings() {
        return ParamTable.get(this, "settings");
    }

    default T setAlgorithm(String value) {
        return ParamTable.set(this, "algorithm", value);
    }

    default T setTimestampCol(String value) {
        return ParamTable.set(this, "timestampCol", value);
    }

    default T setItemFeatures(String value) {
        return ParamTable.set(this, "itemFeatures", value);
    }

    default T setLoss(String value) {
        return ParamTable.set(this, "loss", value);
    }

    default T setTemperature(double value) {
        return ParamTable.set(this, "temperature", value);
    }

    default T setLossLambda(double value) {
        return ParamTable.set(this, "lossLambda", value);
    }

    default T setCandidates(String value) {
        return ParamTable.set(this, "candidates", value);
    }

    default T setLearningRate(double value) {
        return ParamTable.set(this, "learningRate", value);
    }

    default T setTrainBlockSize(int value) {
        return ParamTable.set(this, "trainBlockSize", value);
    }

    default T setMeetings(int value) {
        return ParamTable.set(this, "meetings", value);
    }

    default T setSettings(String... value) {
        return ParamTable.set(this, "settings", value);
    }

    default String getAlgorithm() {
        return ParamTable.value(this, "algorithm");
    }

    default String getTimestampCol() {
        return ParamTable.value(this, "timestampCol");
    }

    default String getItemFeatures() {
        return ParamTable.value(this, "itemFeatures");
    }

    default String getLoss() {
        return ParamTable.value(this, "loss");
    }

    default double getTemperature() {
        return ParamTable.value(this, "temperature");
    }

    default double getLossLambda() {
        return ParamTable.value(this, "lossLambda");
    }

    default String getCandidates() {
        return ParamTable.value(this, "candidates");
    }

    default double getLearningRate() {
        return ParamTable.value(this, "learningRate");
    }

    default int getTrainBlockSize() {
        return ParamTable.value(this, "trainBlockSize");
    }

    default int getMeetings() {
        return ParamTable.value(this, "meetings");
    }

    default String[] getSettings() {
        return ParamTable.value(this, "settings");
    }
}
