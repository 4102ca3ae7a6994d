package org.mineral.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The methods that {@link MineralModel#transformMethod} may name. */
final class ModelMethods {

    static final String[] NAMES = {
        "recommendForAllUsers",
        "recommendForUserSubset",
        "recommendForAllItems",
        "recommendForItemSubset",
        "recommendForHistories",
        "similarItems",
        "userFactors",
        "itemFactors"
    };

    private ModelMethods() {}

    /** What the method returns, lists with {@code k}. */
    static Dataset<Row> call(MineralModel model, Dataset<?> dataset) {
        int k = model.getK();
        return switch (model.getTransformMethod()) {
            case "recommendForAllUsers" -> model.recommendForAllUsers(k);
            case "recommendForUserSubset" -> model.recommendForUserSubset(dataset, k);
            case "recommendForAllItems" -> model.recommendForAllItems(k);
            case "recommendForItemSubset" -> model.recommendForItemSubset(dataset, k);
            case "recommendForHistories" -> model.recommendForHistories(dataset, k);
            case "similarItems" -> model.similarItems(dataset, k);
            case "userFactors" -> model.userFactors();
            case "itemFactors" -> model.itemFactors();
            default -> throw new IllegalStateException(model.getTransformMethod());
        };
    }

    /** The columns of {@link #call}. */
    static StructType schema(MineralModel model, StructType schema) {
        return switch (model.getTransformMethod()) {
            case "recommendForAllUsers", "recommendForUserSubset" -> model.withLists(model.user());
            case "recommendForAllItems", "recommendForItemSubset" -> model.withUsers(model.item());
            case "recommendForHistories" -> model.withLists(schema);
            case "similarItems" -> model.withLists(model.item());
            case "userFactors" -> factors(model.factors().userType());
            case "itemFactors" -> factors(model.factors().itemType());
            default -> throw new IllegalStateException(model.getTransformMethod());
        };
    }

    private static StructType factors(DataType id) {
        return new StructType().add("id", id).add("features", MineralModel.FLOATS);
    }
}
