package org.mineral.app.report;

/** The warning beside figures that were selected on the test part. */
public final class OptimisticWarning {

    /** One line to show beside such figures. */
    public static final String LINE =
            "OPTIMISTIC: chosen on the test part (protocol paper), so these figures overestimate"
                    + " performance on new data. Use them only to compare with papers that did the same.";

    private OptimisticWarning() {}

    /** A banner, or nothing. */
    static String banner(boolean optimistic) {
        return optimistic ? "<p class=\"optimistic\" role=\"note\">" + Html.escape(LINE) + "</p>" : "";
    }
}
