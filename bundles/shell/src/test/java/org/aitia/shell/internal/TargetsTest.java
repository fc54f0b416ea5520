package org.aitia.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    private static List<Integer> nodes(String text) {
        return Targets.parse(text, "node").indices(1000, "cora");
    }

    @Test
    void aNumberIsItself() {
        assertThat(nodes("5")).containsExactly(5);
    }

    @Test
    void commasListNumbersInTheirOrder() {
        assertThat(nodes("7,5")).containsExactly(7, 5);
    }

    @Test
    void aRangeIncludesBothEnds() {
        assertThat(nodes("3..6")).containsExactly(3, 4, 5, 6);
    }

    @Test
    void aStepNeedNotReachTheEnd() {
        assertThat(nodes("400..699:5"))
                .isEqualTo(IntStream.iterate(400, i -> i <= 699, i -> i + 5)
                        .boxed()
                        .toList())
                .hasSize(60);
    }

    @Test
    void everythingCombines() {
        assertThat(nodes("1, 10..14:2 ,3")).containsExactly(1, 10, 12, 14, 3);
    }

    @Test
    void repeatedTargetsAreExplainedOnce() {
        assertThat(nodes("5,4..6,5")).containsExactly(5, 4, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "5;7", "5,", "-3", "1..", "..3", "1..2:", "1.5", "1-3", "1..3..5"})
    void otherNotationIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> nodes(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("'" + text + "' is no list of nodes; write 5 or 5,7 or 400..699:5 (from..to:step), or"
                        + " several of them with commas");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9..5       | '9..5' runs backwards; write 5..9",
                "1..5:0     | the step in '1..5:0' must be 1 or more",
                "1000       | node 1000 is out of range; cora has nodes 0..999",
                "0..2000000000 | node 2000000000 is out of range; cora has nodes 0..999",
                "99999999999   | node 99999999999 is out of range; numbers end at 2147483647"
            })
    void nonsenseIsNamed(String text, String message) {
        assertThatThrownBy(() -> nodes(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void theEndOfARangeThatIsNeverReachedMayLieOutside() {
        assertThat(Targets.parse("990..1004:9", "node").indices(1000, "cora")).containsExactly(990, 999);
    }

    @Test
    void rangesUpToTheGreatestNumberEnd() {
        assertThat(Targets.parse("2147483646..2147483647:2", "graph").isSingle())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"5,true", "5..5,true", "5..6:2,true", "5..6,false", "'5,6',false"})
    void singleTargetsAreKnownWithoutTheGraph(String text, boolean single) {
        assertThat(Targets.parse(text, "node").isSingle()).isEqualTo(single);
    }
}
