package org.mineral.tune.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.HoldOut;

/** How data were split and models trained, chosen and measured, for people. */
record ProtocolText(DataProtocol protocol) {

    private SelectionProtocol selection() {
        return protocol.selection();
    }

    /** The order that defines the last interactions, for the report. */
    private String sequence() {
        Events events = protocol.data().events();
        return events != null && events.timestamps() != null ? "by time" : "in the order of the file";
    }

    /** The split. */
    private List<String> parts() {
        List<String> sentences = new ArrayList<>();
        if (selection().optimistic()) {
            sentences.add("OPTIMISTIC. Protocol of papers: "
                    + (protocol.made() == DataProtocol.Made.NOTHING
                            ? "everything but the test part was trained on"
                            : "90 % of each user's interactions were trained on, 10 % are the test part (seed "
                                    + protocol.seed() + ")")
                    + ", and the best on the test part was chosen. The figures below overestimate performance on new"
                    + " data; use them only to compare with papers that did the same.");
            return withPreset(sentences);
        }
        boolean last = selection().heldOut() == HoldOut.Order.LAST;
        sentences.add(
                switch (protocol.made()) {
                    case NOTHING ->
                        protocol.data().valid().size() > 0
                                ? "The data brought a train, a validation and a test part along; they were kept."
                                : "The data brought a train and a test part along; they were kept.";
                    case VALIDATION ->
                        "The test part is the data's own. They have no validation part, so " + heldOutInWords()
                                + " (seed " + protocol.seed() + ").";
                    case JUDGED ->
                        "The test part is the data's own. They have no validation part, so a tenth of the training"
                                + " interactions was held out for it: the latest where there are times, otherwise any (seed "
                                + protocol.seed() + ").";
                    case JUDGED_BY_LAST ->
                        "The test part is the data's own. They have no validation part, so the last training interaction of each"
                                + " user was held out for it.";
                    case VALIDATION_AND_TEST ->
                        "The data came in one part and were divided " + dividedInWords() + " (seed " + protocol.seed()
                                + "). These parts written to files may number the items anew: figures then agree closely,"
                                + " not to the bit; the comparison itself repeats to the bit.";
                });
        long validTied = protocol.data().report().count(Dataset.VALID_TIED);
        long testTied = protocol.data().report().count(Dataset.TEST_TIED);
        if (last && validTied + testTied > 0) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "Equal times keep the order of the file, which decided %,d validation and %,d test items.",
                    validTied,
                    testTied));
        }
        return withPreset(sentences);
    }

    private String heldOutInWords() {
        return switch (selection().heldOut()) {
            case RANDOM -> "10 % of each user's training interactions were held out for it at random";
            case LAST -> "the last 10 % of each user's training interactions, " + sequence() + ", were held out for it";
            case POPULARITY -> "10 % of the training interactions were held out for it so that items count alike";
        };
    }

    private String dividedInWords() {
        String shares = "80 % train, 10 % validation, 10 % test";
        return switch (selection().heldOut()) {
            case RANDOM -> "at random within each user: " + shares;
            case LAST -> sequence() + " within each user: " + shares + ", the last";
            case POPULARITY -> shares + ", the latter two so that items count alike";
        };
    }

    private List<String> withPreset(List<String> sentences) {
        if (selection().preset() != null) {
            sentences.add("The preset " + selection().preset().name() + " gave the settings of "
                    + String.join(", ", selection().preset().losses()) + " to begin with.");
        }
        return sentences;
    }

    /** The name of the part used for selection. */
    private String part() {
        return selection().optimistic() ? "the test part" : "the validation part";
    }

    /** Of an ablation. */
    List<String> ablation(Budget budget, boolean epochs, boolean test) {
        List<String> sentences = parts();
        if (selection().searched()) {
            sentences.add(
                    "What is not varied, nor given, is what train would choose, found by a short search that did not look at"
                            + " the test part.");
        }
        if (epochs) {
            sentences.add("Each cell was trained on the train part for " + budget
                    + ", from the same start and with the same seed,"
                    + " its learning rate following the whole schedule: nothing stopped early.");
            sentences.add(
                    "After every epoch NDCG@20 was taken on the validation part, over all items but those of train. A"
                            + " cell shows its best epoch. The highest cell is a little flattered by luck, the more so the finer the grid.");
        } else {
            sentences.add(
                    "Each cell was computed on the train part, and judged by NDCG@20 on the validation part, over all items but"
                            + " those of train. The highest cell is a little flattered by luck, the more so the finer the grid.");
        }
        sentences.add(
                test
                        ? "The test part was measured for every cell"
                                + (epochs ? ", with the weights of that epoch" : "") + ". Those figures are there to be"
                                + " looked at: choosing by them makes the result optimistic."
                        : "The test part was not looked at.");
        return sentences;
    }

    /**
     * Of a search.
     *
     * @param rungs epochs of each; a single 0 if no model has epochs
     */
    List<String> tuning(String budget, List<Integer> rungs) {
        List<String> sentences = parts();
        sentences.add("Each model was given the same: " + budget + ". "
                + (selection().searched()
                        ? "It begins with what train would choose, found by a short search that did not look at the test part:"
                                + " the first trial. The others keep what of it is not tuned, and"
                        : "The first point is its defaults, the others")
                + " fill the ranges of its settings evenly (a Halton sequence that the seed shifts).");
        boolean epochs = rungs.get(0) > 0;
        sentences.add(
                epochs
                        ? "Successive halving: every point trains for " + rungs.get(0)
                                + " epochs, the best third of them again for three times as many, and so on: " + rungs
                                + ". Each training runs its whole schedule from the same start. Models without epochs are computed"
                                + " once at each point."
                        : "Each point is computed once.");
        sentences.add("Trials are ranked by the best NDCG@20" + (epochs ? " of their epochs" : "") + " on " + part()
                + ". The first of them is a little flattered by luck, the more so the longer the search.");
        sentences.add(
                selection().optimistic()
                        ? "The model is that of the best trial, trained once more; its figure on the test part is the one that it"
                                + " was chosen by."
                        : "With its settings"
                                + (epochs ? ", and as many epochs of the same schedule as were best," : "")
                                + " a model was then trained on train and validation part together, and measured on the test part:"
                                + " once, after everything was chosen.");
        return sentences;
    }

    /** How models with a budget are trained. */
    private List<String> budgeted(Budget budget) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                switch (budget.unit()) {
                    case EPOCHS ->
                        "Each model was trained for " + budget
                                + ", its learning rate following the same schedule to the"
                                + " end: nothing stopped early.";
                    case SECONDS ->
                        "Each model was given " + budget
                                + " of training: a short trial measured its epochs, and it then"
                                + " trained for as many as fit (at least 1), the learning rate following its schedule to"
                                + " the end. How many fit depends on the machine, so only a training for that number"
                                + " of epochs repeats bit for bit.";
                });
        sentences.add("After every epoch NDCG@20 was taken on " + part() + ". "
                + (selection().optimistic()
                        ? "The figures are those of the epoch that was best there."
                        : selection().retrain()
                                ? "As many epochs as were best were then trained again, with the same schedule, on train and"
                                        + " validation part together, and those weights were measured on the test part, once."
                                : "The weights of the best epoch were measured on the test part, once.")
                + " Nothing else was tuned: the settings are each model's defaults"
                + (selection().preset() == null ? "" : ", or the preset's,") + " and what was set for all.");
        return sentences;
    }

    /** How models with a search of their own are trained. */
    private List<String> searched() {
        boolean own = protocol.data().valid().size() > 0;
        return List.of(
                "Each model had a search for its settings of its own, all within the same limit: the arithmetic of the training that is"
                        + " chosen, or 1,000 Gflop where that is less. Settings were judged by NDCG@20 on "
                        + (own
                                ? part()
                                : "a part of the training interactions that was held out meanwhile (the latest where there are times)")
                        + ", never on the test part. What each found is listed.",
                "With what it found, each was trained on "
                        + (own ? "the train part, and stopped on the validation part" : "all of the train part")
                        + (protocol.retrains()
                                ? ". As many epochs as were best were then trained again on train and validation part together, and"
                                        + " those weights were measured on the test part, once."
                                : ", and measured on the test part, once."));
    }

    /** Of a comparison: split, training, selection and evaluation. */
    List<String> comparison(Budget budget, int seeds) {
        List<String> sentences = parts();
        sentences.addAll(selection().searched() ? searched() : budgeted(budget));
        sentences.add(
                "Every item that was trained on is ranked for every user with a test item of whom something is known"
                        + " before it: interactions in train, or in the validation part, from which users without any in train are"
                        + " folded in. Items of both parts are left out of the lists. Metrics are means over these users, ties are"
                        + " broken by the lower item index.");
        sentences.add("Recall@K is hits / test items. NDCG@K discounts rank r by 1/log2(r+1) and divides by the ideal"
                + " for min(K, test items).");
        sentences.add(
                seeds == 1
                        ? "Each model was trained once. Intervals: 95 %, bootstrap over users. They and the tests say what other users"
                                + " would change; what another seed would change, only several seeds tell."
                        : "Each model was trained with " + seeds
                                + " seeds, on the same division of the data. Figures are means over"
                                + " the seeds. Intervals: 95 %, bootstrap over users and over seeds.");
        sentences.add(
                "Tests: every model against every other and against popularity, paired, t and Wilcoxon signed-rank,"
                        + " each corrected after Holm for the number of all pairs, because which model is the best is known only after"
                        + " looking. "
                        + (seeds == 1
                                ? "Both are over users."
                                : "The t test is over users and seeds (min F', Clark 1973), Wilcoxon's is over the users' means over seeds."));
        return sentences;
    }
}
