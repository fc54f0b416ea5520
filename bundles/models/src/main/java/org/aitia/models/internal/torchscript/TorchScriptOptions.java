package org.aitia.models.internal.torchscript;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.aitia.api.DataFormatException;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.option.Option;

/** What the probe found out about a module; nobody types these. */
record TorchScriptOptions(
        @Option(
                description = "what forward is called with, in order: x, edge-index, edge-weight, edge-mask,"
                        + " batch, edge-label-index",
                defaultValue = "x,edge-index")
        String arguments,

        @Option(
                description = "what forward returns: logits (or log-probabilities, which are as good), probabilities,"
                        + " the score or probability of class 1, or embeddings of nodes, whose inner product scores"
                        + " links",
                defaultValue = "logits")
        Output output,

        @Option(
                description = "number of hops whose computation graph gives the prediction",
                defaultValue = "1",
                min = 0)
        int hops,

        @Option(
                description = "whether the computation graph is enough: always, on undirected graphs only, or never;"
                        + " the module is run on whole graphs otherwise",
                defaultValue = "local")
        Reach reach,

        @Option(description = "whether several graphs can be given at once", defaultValue = "true")
        boolean batches,

        @Option(description = "how edge masks are honoured: message, edge-weight or none", defaultValue = "none")
        EdgeMasks edgeMasks,

        @Option(description = "values per node in all layers together, for estimates of memory", defaultValue = "64")
        int width) {

    /** What forward returns. */
    enum Output {
        LOGITS,
        PROBABILITIES,
        SCORE,
        PROBABILITY,
        EMBEDDINGS
    }

    /** Where the computation graph is enough. */
    enum Reach {
        LOCAL,
        UNDIRECTED,
        GLOBAL
    }

    /** How edge masks are honoured. */
    enum EdgeMasks {
        MESSAGE(EdgeMaskSupport.MESSAGE),
        EDGE_WEIGHT(EdgeMaskSupport.EDGE_WEIGHT),
        NONE(EdgeMaskSupport.NONE);

        private final EdgeMaskSupport support;

        EdgeMasks(EdgeMaskSupport support) {
            this.support = support;
        }

        EdgeMaskSupport support() {
            return support;
        }
    }

    static String spell(List<ForwardSignature.Role> roles) {
        return roles.stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(","));
    }

    List<ForwardSignature.Role> roles() {
        try {
            return Arrays.stream(arguments.split(","))
                    .map(word -> ForwardSignature.Role.valueOf(
                            word.strip().toUpperCase(Locale.ROOT).replace('-', '_')))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new DataFormatException("'" + arguments + "' are no arguments of forward; import the model again", e);
        }
    }
}
