package org.aitia.api.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "beta1=0.1,1,10         | 0.1 1 10",
                "sparsity=none, l1      | none l1",
                "objectives=a:1,b:2;c:3 | a:1,b:2 c:3",
                "hops=1..3              | 1 2 3",
                "beta1=0..1:0.25        | 0 0.25 0.5 0.75 1",
                "beta1=0.1..0.35:0.1    | 0.1 0.2 0.3",
                "beta1=0.001..10:x10    | 0.001 0.01 0.1 1 10",
                "beta1=0.001..10*10     | 0.001 0.01 0.1 1 10",
                "lr=1e-3..1e-1*10       | 0.001 0.01 0.1",
                "beta1=0,0.5..1:0.5,9   | 0 0.5 1 9",
                "x=-1..1                | -1 0 1",
                "topk=10..30:10         | 10 20 30"
            })
    void listsAndRangesAreValues(String text, String values) {
        Axis axis = Axis.parse(text);

        assertThat(axis.option()).isEqualTo(text.substring(0, text.indexOf('=')));
        assertThat(String.join(" ", axis.values())).isEqualTo(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"beta1", "=1,2", "beta1="})
    void anAxisNeedsAnOptionAndValues(String text) {
        assertThatThrownBy(() -> Axis.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("'" + text
                        + "' is no axis of a sweep: write an option and its values, for example beta1=0.1,1,10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1..0", "a=0..1:0", "a=0..1:-1", "a=0..1:x10", "a=1..10*1", "a=1..10*0.5"})
    void rangesThatNeverEndAreRefused(String text) {
        assertThatThrownBy(() -> Axis.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "'" + text + "' holds an impossible range: write 0..1:0.25 with a step above 0, or"
                                + " 0.001..10:x10 with a start above 0 and a factor above 1, from the lesser to the greater value");
    }

    @Test
    void rangesOfTooManyValuesAreRefused() {
        assertThatThrownBy(() -> Axis.parse("a=0..1:1e-9"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("'a=0..1:1e-9' holds a range of more than 1000 values: take a greater step");
    }

    @Test
    void valuesAreDifferent() {
        assertThatThrownBy(() -> Axis.parse("a=1,0..2"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("the value of a '1' is listed twice");
        assertThatThrownBy(() -> new Axis("a", List.of("1", "")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("an axis of a sweep needs an option and values");
    }
}
