package org.aitia.api.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTargetTest {
    private static ExplanationTarget target(int explained, float... probabilities) {
        return new ExplanationTarget(5, 0, explained, -1, probabilities, 0);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 0", "2, 0"})
    void theRunnerUpIsTheMostProbableOtherClass(int explained, int runnerUp) {
        assertThat(target(explained, 0.5f, 0.2f, 0.3f).runnerUp()).isEqualTo(runnerUp);
    }

    @Test
    void ofEqualClassesTheFirstIsTheRunnerUp() {
        assertThat(target(0, 0.5f, 0.25f, 0.25f).runnerUp()).isEqualTo(1);
    }

    @Test
    void aNumberHasNoRunnerUp() {
        assertThatThrownBy(target(0, 3.5f)::runnerUp)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("target 5 has one output, so there is no other class");
    }
}
