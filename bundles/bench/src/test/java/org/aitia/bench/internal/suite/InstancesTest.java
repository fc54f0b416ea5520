package org.aitia.bench.internal.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.dataset.synthetic.internal.SyntheticDatasets;
import org.aitia.testkit.tck.TestGraphs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstancesTest {
    private static Dataset shapes;

    @BeforeAll
    static void generate() {
        shapes = new SyntheticDatasets().load("ba-shapes", Map.of(), TaskMonitor.NONE);
    }

    private static List<Integer> of(String text) {
        return Instances.parse(text).of(shapes);
    }

    @Test
    void rangesAreListedAsWritten() {
        assertThat(of("5,3,10..20:5")).containsExactly(5, 3, 10, 15, 20);
        assertThat(of("7, 7, 6..8")).containsExactly(7, 6, 8);
    }

    @Test
    void wordsNarrowDown() {
        assertThat(of("all")).hasSize(700);
        assertThat(of("truth")).hasSize(400).allMatch(i -> i >= 300);
        assertThat(of("test"))
                .containsExactlyElementsOf(
                        java.util.Arrays.stream(shapes.split().test()).boxed().toList());
        assertThat(of("val")).doesNotContainAnyElementsOf(of("train"));
        assertThat(of("class 0")).hasSize(300).allMatch(i -> i < 300);
        assertThat(of("test truth class 1")).isNotEmpty().allMatch(i -> i >= 300 && shapes.label(i) == 1);
        assertThat(of("400..699:5 test")).isNotEmpty().allMatch(i -> i % 5 == 0).isSubsetOf(of("test"));
    }

    @Test
    void aSampleIsAlwaysTheSame() {
        List<Integer> sample = of("test sample 20");

        assertThat(sample).hasSize(20).isSorted().isSubsetOf(of("test")).isEqualTo(of("test sample 20"));
        assertThat(of("sample 20")).isNotEqualTo(List.copyOf(of("0..19")));
        assertThat(of("5,6 sample 9")).containsExactly(5, 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400..300 | '400..300' runs backwards; write 300..400",
                "1..5:0 | the step in '1..5:0' must be 1 or more",
                "99999999999 | instance 99999999999 is out of range; numbers end at 2147483647",
                "class | 'class' in 'class' takes a number of 0 or more, as in 'class 1'",
                "sample 0 | 'sample' in 'sample 0' takes a number of 1 or more, as in 'sample 50'",
                "650..800:7 | instance 797 is out of range; data set 'ba-shapes' has instances 0..699",
                "class 9 | 'class 9' leaves no instance of data set 'ba-shapes'; narrow less"
            })
    void whatNamesNothingIsRefused(String text, String message) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void truthMustBeThere() {
        Dataset plain = Dataset.builder(new DatasetInfo("plain", "Plain", "", Task.NODE, "", "", "", true))
                .graph(TestGraphs.directed(10, 20, 3, 2, 1))
                .classes(2)
                .build();
        assertThatThrownBy(() -> Instances.parse("truth").of(plain))
                .hasMessage("data set 'plain' has no true explanations, which 'truth' asks for");
    }

    @Test
    void plainRangesThatMeetAreSeenWithoutData() {
        assertThat(Instances.parse("0..9:3").shared(Instances.parse("8,9"))).isEqualTo(OptionalInt.of(9));
        assertThat(Instances.parse("0..9:3").shared(Instances.parse("1..8:3"))).isEmpty();
        assertThat(Instances.parse("0..9:3").shared(Instances.parse("9 test"))).isEmpty();
    }
}
