package org.aitia.visualization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static double distance(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    private static List<int[]> cycle(int nodes) {
        List<int[]> links = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            links.add(new int[] {i, (i + 1) % nodes});
        }
        return links;
    }

    @Test
    void cyclesAreRegular() {
        double[][] places = Layout.of(6, cycle(6), 3);
        double side = distance(places[0], places[1]);
        for (int[] link : cycle(6)) {
            assertThat(distance(places[link[0]], places[link[1]])).isCloseTo(side, within(0.02 * side));
        }
        assertThat(distance(places[0], places[3])).isCloseTo(2 * side, within(0.05 * side));
    }

    @Test
    void sameSeedGivesSamePlaces() {
        assertThat(Layout.of(12, cycle(12), 9)).isDeepEqualTo(Layout.of(12, cycle(12), 9));
    }

    @Test
    void isWiderThanHigh() {
        List<int[]> path = cycle(8).subList(0, 7);
        double[] box = Layout.box(Layout.of(8, path, 1));
        assertThat(box[2] - box[0]).isGreaterThan(3 * (box[3] - box[1]));
    }

    @Test
    void componentsKeepApart() {
        List<int[]> links = cycle(5);
        links.add(new int[] {5, 6});
        double[][] places = Layout.of(9, links, 1);
        int[] component = {0, 0, 0, 0, 0, 1, 1, 2, 3};
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < i; j++) {
                if (component[i] != component[j]) {
                    assertThat(distance(places[i], places[j])).isGreaterThan(0.85);
                }
            }
        }
    }

    @Test
    void repeatsLoopsAndSingleNodesAreFine() {
        assertThat(Layout.of(1, List.of(), 0)).isDeepEqualTo(new double[][] {{0, 0}});
        double[][] places = Layout.of(2, List.of(new int[] {0, 1}, new int[] {1, 0}, new int[] {1, 1}), 0);
        assertThat(distance(places[0], places[1])).isCloseTo(1, within(1e-6));
    }
}
