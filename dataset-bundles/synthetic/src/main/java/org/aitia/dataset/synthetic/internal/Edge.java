package org.aitia.dataset.synthetic.internal;

/**
 * An undirected edge; equal in both directions.
 *
 * @param a the smaller end
 * @param b the larger end
 */
record Edge(int a, int b) {
    Edge {
        if (a > b) {
            int smaller = b;
            b = a;
            a = smaller;
        }
    }

    Edge plus(int offset) {
        return new Edge(a + offset, b + offset);
    }
}
