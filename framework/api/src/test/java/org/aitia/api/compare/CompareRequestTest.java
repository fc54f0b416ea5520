package org.aitia.api.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.ExplanationRequest;
import org.junit.jupiter.api.Test;

class CompareRequestTest {
    private static final Subject SUBJECT = Subject.of("m", List.of(1, 2));

    @Test
    void contestantsAreCalledByTheirOptions() {
        assertThat(Contestant.of("ig").label()).isEqualTo("ig");
        assertThat(Contestant.of("ig", Map.of("steps", "20", "baseline", "mean"))
                        .label())
                .isEqualTo("ig[baseline=mean,steps=20]");
        assertThat(new Contestant("", "pgexplainer", Map.of(), Optional.of("mine")).label())
                .isEqualTo("pgexplainer@mine");
        assertThat(new Contestant("A", "ig", Map.of("steps", "20"), Optional.empty()).label())
                .isEqualTo("A");
    }

    @Test
    void requestsOfExplanationsKeepWhatIsExplained() {
        ExplanationRequest request = ExplanationRequest.of("m", "any", List.of(4), 9)
                .onDataset("shapes", Map.of("seed", "3"))
                .measuringMemory(true);

        ExplanationRequest made = Subject.of(request).request(Contestant.of("ig", Map.of("steps", "20")), 5);

        assertThat(made)
                .isEqualTo(request.withExplainer("ig")
                        .withOptions(Map.of("steps", "20"))
                        .withSeed(5));
    }

    @Test
    void seedsFollowEachOther() {
        assertThat(CompareRequest.seeds(7, 3)).containsExactly(7L, 8L, 9L);
        assertThatThrownBy(() -> CompareRequest.seeds(0, 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the number of seeds must be 1 or more, not 0");
    }

    @Test
    void whatIsListedTwiceIsRefused() {
        CompareRequest request = CompareRequest.of(SUBJECT, List.of(Contestant.of("ig")));

        assertThatThrownBy(() -> CompareRequest.of(SUBJECT, List.of(Contestant.of("ig"), Contestant.of("ig"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the explainer 'ig' is listed twice: give each its own label, or leave one out");
        assertThatThrownBy(() -> request.withSeeds(List.of(1L, 1L)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("the seed '1' is listed twice");
        assertThatThrownBy(() -> Subject.of("m", List.of(3, 3)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("a target to compare explainers on is listed twice: each counts once");
    }

    @Test
    void nothingToCompareIsRefused() {
        CompareRequest request = CompareRequest.of(SUBJECT, List.of(Contestant.of("ig")));

        assertThatThrownBy(() -> CompareRequest.of(SUBJECT, List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("a comparison needs at least one explainer");
        assertThatThrownBy(() -> request.withSeeds(List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("a comparison needs at least one seed");
        assertThatThrownBy(() -> request.withConfidence(95))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the level of confidence must be between 0 and 1, not 95.0");
    }

    @Test
    void sweptOptionsAreNotFixed() {
        assertThatThrownBy(() -> new SweepRequest(
                        SUBJECT,
                        "ig",
                        Map.of("steps", "3"),
                        List.of(Axis.parse("steps=1,2")),
                        List.of(0L),
                        List.of(),
                        List.of(),
                        0.95))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the option 'steps' is both fixed and swept: leave one out");
        assertThat(SweepRequest.of(SUBJECT, "ig", List.of(Axis.parse("a=1..3"), Axis.parse("b=1,2")))
                        .combinations())
                .isEqualTo(6);
    }
}
