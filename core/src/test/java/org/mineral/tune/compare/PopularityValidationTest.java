package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.data.read.Datasets;

/** Comparisons and searches that choose on a part in which items count alike. */
class PopularityValidationTest {

    private static final SelectionProtocol TERMS = SelectionProtocol.DEFAULTS.heldOut(HoldOut.Order.POPULARITY);
    private static final Dataset DATA =
            Datasets.read("builtin:tastes:users=400,items=100").withValidInTrain();

    private static int most(Interactions part) {
        return IntStream.of(part.itemCounts()).max().orElseThrow();
    }

    @Test
    void theValidationPartIsEvenAndTheTestPartStays() {
        DataProtocol protocol = DataProtocol.of(DATA, 7, TERMS);
        assertThat(protocol.data().test()).isEqualTo(DATA.test());
        assertThat(protocol.heldOut()).isEqualTo("popularity:0.1");
        assertThat(2 * most(protocol.data().valid()))
                .isLessThan(most(DataProtocol.of(DATA, 7).data().valid()));
        assertThat(protocol.sentences(Budget.epochs(1), 1).get(0)).contains("so that items count alike");
        assertThat(TERMS).hasToString("validation (popularity)");
        assertThat(protocol.told()).isNotEmpty();
    }

    @Test
    void dataInOnePartAreDividedAsTheirSplitSays() {
        Interactions none = Interactions.empty(DATA.users().size(), DATA.items().size());
        Dataset one = new Dataset("one", DATA.users(), DATA.items(), DATA.train(), none, none, null, DATA.report());
        DataProtocol protocol = DataProtocol.of(one, 7, TERMS);
        Dataset again = one.split(Split.parse(protocol.split() + ":0.8:0.1:0.1", 7));
        assertThat(again.hash()).isEqualTo(protocol.data().hash());
    }

    @Test
    void thePaperProtocolHasNoValidationPart() {
        assertThatThrownBy(TERMS::paper).isInstanceOf(InputException.class);
    }
}
