package org.aitia.api;

/** What a model predicts. */
public enum Task {
    /** A class for each node of a graph. */
    NODE,
    /** A class for each graph. */
    GRAPH,
    /** Whether two nodes are linked. */
    LINK
}
