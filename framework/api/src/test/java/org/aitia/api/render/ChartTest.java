package org.aitia.api.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.render.Chart.Axis;
import org.aitia.api.render.Chart.Kind;
import org.aitia.api.render.Chart.Point;
import org.aitia.api.render.Chart.Series;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static Chart chart(Kind kind, Axis x, Axis y, Point... points) {
        return new Chart(kind, "Cost", "", x, y, List.of(new Series("ig", List.of(points))));
    }

    @Test
    void aChartWithoutSeriesIsRefused() {
        assertThatThrownBy(
                        () -> new Chart(Kind.LINE, "Cost", "", Axis.linear("steps"), Axis.linear("seconds"), List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("chart 'Cost' has no series; give at least one");
    }

    @Test
    void aLogarithmicAxisNeedsPositiveValues() {
        assertThatThrownBy(() -> chart(Kind.LINE, Axis.logarithmic("steps"), Axis.linear("seconds"), Point.of(0, 1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("chart 'Cost' cannot show 0.0 of series 'ig' on the logarithmic axis 'steps'; leave the"
                        + " point out or use a linear axis");
        assertThatThrownBy(() -> Axis.logarithmic("steps").from(0, 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("logarithmic axis 'steps' cannot begin at 0.0; it needs a value above 0");
    }

    @Test
    void barsHaveNoHorizontalValueToCheck() {
        Chart bars = chart(Kind.BAR, Axis.logarithmic("method"), Axis.linear("seconds"), Point.bar("ig", 2));
        assertThat(bars.series().get(0).points()).containsExactly(new Point(0, 2, 0, "ig"));
    }

    @Test
    void aRangeAscends() {
        assertThatThrownBy(() -> Axis.linear("steps").from(2, 2))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("an axis cannot go from 2.0 to 2.0; it needs two finite values that ascend");
    }

    @Test
    void pointsTakeNamesAndErrors() {
        assertThat(Point.of(1, 2).withError(.5).named("best")).isEqualTo(new Point(1, 2, .5, "best"));
    }
}
