package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.Split;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;
import org.mineral.tune.search.Ablation;
import org.mineral.tune.search.AblationResult;
import org.mineral.tune.search.Axis;

/** Validation by each user's last interactions, where the test part is not drawn at random but comes later. */
@Tag("slow")
class LastValidationTest {

    private static final int USERS = 400;
    private static final int GROUPS = 10;
    private static final int EARLY_ITEMS = 120;
    private static final int ITEMS_OF_A_GROUP = 20;

    @TempDir
    private Path directory;

    /**
     * At first users take what everybody takes, whatever their taste: items by popularity. Later they take items of their
     * group's own. The test part is all of the later kind, train ends with some of it.
     */
    @BeforeEach
    void writeDataThatDrift() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        StringBuilder train = new StringBuilder();
        StringBuilder test = new StringBuilder();
        for (int u = 0; u < USERS; u++) {
            train.append(u);
            test.append(u);
            for (int k = 0; k < 18; k++) {
                train.append(' ').append((int) (EARLY_ITEMS * Math.pow(random.nextDouble(), 2.5)));
            }
            for (int k = 0; k < 8; k++) {
                int own = EARLY_ITEMS + (u % GROUPS) * ITEMS_OF_A_GROUP + random.nextInt(ITEMS_OF_A_GROUP);
                (k < 5 ? train : test).append(' ').append(own);
            }
            train.append('\n');
            test.append('\n');
        }
        Files.writeString(directory.resolve("train.txt"), train);
        Files.writeString(directory.resolve("test.txt"), test);
    }

    private AblationResult ablation(HoldOut.Order order, int threads) {
        return Ablation.of(
                        Datasets.read(directory, ReadOptions.of(order)),
                        Axis.parse("candidate_weight=0,0.25,0.5,0.75,1"))
                .source(DataSource.of(directory.toString()))
                .loss("mine+")
                .against(Axis.parse("item_bias=true,false"))
                .budget(Budget.epochs(8))
                .settings(Map.of("dimension", "16", "block_size", "64"))
                .seed(7)
                .threads(threads)
                .test(true)
                .selection(SelectionProtocol.DEFAULTS.heldOut(order))
                .listener(new Repeating())
                .run();
    }

    /** By what a setting gives on the test part, trained in the same way, whoever chose it. */
    @Test
    void theLastChooseBetterThanAnyForATestPartThatDrifts() {
        AblationResult random = ablation(HoldOut.Order.RANDOM, 2);
        AblationResult last = ablation(HoldOut.Order.LAST, 2);
        assertThat(last.best().settings().get("candidate_weight"))
                .isNotEqualTo(random.best().settings().get("candidate_weight"));
        double byLast = random.cells().stream()
                .filter(cell -> cell.settings().equals(last.best().settings()))
                .mapToDouble(Trial::test)
                .sum();
        assertThat(byLast).isGreaterThan(3 * random.best().test());
        assertThat(last.protocol().get(0)).contains("the last 10 %", "in the order of the file");
        assertThat(last.commands().get(0)).contains("held out last:0.1");
    }

    @Test
    void theSameBitsWithAnyNumberOfThreads() {
        AblationResult one = ablation(HoldOut.Order.LAST, 1);
        AblationResult three = ablation(HoldOut.Order.LAST, 3);
        assertThat(three.data().hash()).isEqualTo(one.data().hash());
        assertThat(three.cells())
                .extracting(Trial::validation)
                .isEqualTo(one.cells().stream().map(Trial::validation).toList());
    }

    @Test
    void dataInOnePartAreCutInThreeByTheOrderOfTheFile() {
        SelectionProtocol selection = SelectionProtocol.DEFAULTS.heldOut(HoldOut.Order.LAST);
        Dataset one = Datasets.read(directory.resolve("train.txt"), ReadOptions.of(HoldOut.Order.LAST));
        DataProtocol protocol = DataProtocol.of(one, 7, selection);
        assertThat(protocol.data().hash())
                .isEqualTo(one.split(Split.tail(0.8, 0.1, 0.1, 7)).hash());
        assertThat(protocol.sentences(Budget.epochs(1), 1).get(0))
                .contains("in the order of the file within each user");
        assertThat(protocol.split()).isEqualTo("tail");
        assertThat(selection).hasToString("validation (last)");
    }

    @Test
    void aValidationPartOfTheDatasOwnIsNotPassedOver() {
        Dataset data =
                Datasets.read(directory, ReadOptions.of(HoldOut.Order.LAST)).holdOut(0.1, 3);
        assertThatThrownBy(() -> DataProtocol.of(data, 7, SelectionProtocol.DEFAULTS.heldOut(HoldOut.Order.LAST)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("leave the order of validation at random");
        assertThatThrownBy(() ->
                        SelectionProtocol.DEFAULTS.heldOut(HoldOut.Order.LAST).paper())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no validation part");
    }
}
