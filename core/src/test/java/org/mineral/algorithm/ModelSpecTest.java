package org.mineral.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.json.Json;

class ModelSpecTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "popularity",
                "mine+",
                "mf",
                "mf(lambda=1.2,loss=mine+)",
                "lightgcn(loss=bpr)",
                "mf(candidates=popularity:64:0.5,layers=2,layer_weights=0,0.25,0.75)"
            })
    void writtenFilesAreReadBack(String text) {
        ModelSpec spec = ModelSpec.parse(text);
        assertThat(spec).hasToString(text);
        assertThat(ModelSpec.parse(spec.toString())).isEqualTo(spec);
        assertThat(ModelSpec.of(Json.parse(Json.write(spec.json())))).isEqualTo(spec);
    }

    @Test
    void aLossAloneIsMatrixFactorisation() {
        assertThat(ModelSpec.parse("bpr")).isEqualTo(ModelSpec.parse("mf(loss=bpr)"));
        assertThat(ModelSpec.parse("mine+(lambda=1.1)").configured().describe())
                .containsEntry("loss", "mine+")
                .containsEntry("lambda", "1.1");
    }

    @Test
    void aListIsDividedOutsideOfParentheses() {
        assertThat(ModelSpec.parseList("mine+, mf(loss=bpr,epochs=3) ,popularity"))
                .extracting(ModelSpec::toString)
                .isEqualTo(List.of("mine+", "mf(loss=bpr,epochs=3)", "popularity"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "popularty",
                "mf(lamda=1)",
                "mf(epochs=-1)",
                "mf(epochs=3",
                "mf(epochs)",
                "mf(epochs=1,epochs=2)",
                "mine+(loss=bpr)",
                "popularity(loss=bpr)",
                "mf,mf"
            })
    void aDirectoryThatIsNotAModelIsRefused(String text) {
        assertThatThrownBy(() -> ModelSpec.parse(text)).isInstanceOf(InputException.class);
    }

    @Test
    void theNearestNameIsSuggested() {
        assertThatThrownBy(() -> ModelSpec.parse("popularty")).hasMessageContaining("'popularity'");
        assertThatThrownBy(() -> ModelSpec.parse("mf(lamda=1)")).hasMessageContaining("'lambda'");
    }
}
