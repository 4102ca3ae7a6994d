package org.mineral.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormulaTest {

    @Test
    void scripts_nest() {
        assertThat(Formula.mathml("e^{s_j}"))
                .contains("<msup><mi>e</mi><mrow><msub><mi>s</mi><mi>j</mi></msub></mrow></msup>");
    }

    @Test
    void sums_carry_their_range_below() {
        assertThat(Formula.mathml("sum_{j in I} s_j"))
                .contains(
                        "<munder><mo movablelimits=\"false\">∑</mo><mrow><mi>j</mi><mo>∈</mo><mi>I</mi></mrow></munder>");
    }

    @Test
    void words_between_symbols_keep_their_distance() {
        assertThat(Formula.mathml("sum over i of u of sim(i, j), i among the neighbours of j"))
                .contains(
                        "<mtext>&#160;of&#160;</mtext><mi>u</mi>",
                        "<mtext>&#160;the&#160;</mtext><mtext>&#160;neighbours&#160;</mtext>");
    }

    @Test
    void greek_letters_and_minus_signs_are_those_of_mathematics() {
        assertThat(Formula.mathml("-lambda")).contains("<mo>−</mo><mi>λ</mi>");
    }

    @Test
    void anything_else_is_escaped_and_an_open_brace_does_no_harm() {
        assertThat(Formula.mathml("a_{<b")).contains("&lt;").startsWith("<math");
        assertThat(Formula.mathml("a_")).startsWith("<math");
    }
}
