package org.aitia.models.internal.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.aitia.api.Task;
import org.aitia.api.engine.TorchScriptSource;
import org.aitia.api.model.Parameter;
import org.aitia.models.internal.batch.MessageRule;

/**
 * Writes a stack of convolutions as a TorchScript module {@code forward(x, edge_index, edge_weight=None,
 * edge_mask=None)}, with {@code batch=None} after the weight for graph tasks and {@code edge_label_index} before it for
 * link tasks. It computes all rows, with operators that plain PyTorch has from 1.13 on. {@code edge_mask} multiplies
 * messages after normalisation, as masks do here; not those of self-loops that a layer adds.
 */
final class ModuleSource {
    private static final double BATCH_NORM_EPSILON = 1e-5;

    private final Design design;
    private final Set<String> names;
    private final StringBuilder body = new StringBuilder();
    private int variables;

    private ModuleSource(Design design, List<Parameter> parameters) {
        this.design = design;
        this.names = parameters.stream().map(Parameter::name).collect(Collectors.toSet());
    }

    /**
     * Writes a model.
     *
     * @param design what it consists of
     * @param parameters its weights
     * @return the source; empty if the architecture does not write its layers
     */
    static Optional<TorchScriptSource> of(Design design, List<Parameter> parameters) {
        ModuleSource module = new ModuleSource(design, parameters);
        List<String> outputs = new ArrayList<>();
        String x = "x";
        for (int k = 1; k <= design.layers(); k++) {
            Optional<String> y = design.torchScript(new LayerSource(module, module.names, k, design.hops(k), x));
            if (y.isEmpty()) {
                return Optional.empty();
            }
            x = module.finish(k, module.let(y.get()));
            outputs.add(x);
        }
        String result = module.readout(outputs);
        Map<String, TorchScriptSource.Tensor> tensors = new LinkedHashMap<>();
        for (Parameter p : parameters) {
            tensors.put(
                    identifier(p.name()),
                    new TorchScriptSource.Tensor(
                            LongStream.of(p.shape()).boxed().toList(), p.values()));
        }
        return Optional.of(new TorchScriptSource(module.code(result), tensors));
    }

    static String identifier(String parameter) {
        return parameter.replace('.', '_');
    }

    static String attribute(String parameter) {
        return "self." + identifier(parameter);
    }

    String let(String expression) {
        String variable = "v" + ++variables;
        body.append("    ").append(variable).append(" = ").append(expression).append('\n');
        return variable;
    }

    static String activation(ActivationFunction function, String y) {
        return switch (function) {
            case RELU -> "torch.relu(" + y + ")";
            case ELU -> "torch.elu(" + y + ")";
            case LEAKY_RELU -> "torch.leaky_relu(" + y + ", 0.01)";
            case GELU -> "torch.gelu(" + y + ")";
            case TANH -> "torch.tanh(" + y + ")";
            case SIGMOID -> "torch.sigmoid(" + y + ")";
            case IDENTITY -> y;
        };
    }

    static String batchNorm(String norm, String y) {
        return "torch.batch_norm(" + y + ", " + attribute(norm + ".weight") + ", " + attribute(norm + ".bias") + ", "
                + attribute(norm + ".running_mean") + ", " + attribute(norm + ".running_var") + ", False, 0.1, "
                + number(BATCH_NORM_EPSILON) + ", False)";
    }

    static String unitRows(String y, double squaredFloor) {
        return "torch.div(" + y + ", torch.sqrt(torch.clamp(torch.sum(torch.mul(" + y + ", " + y + "), [1], True), min="
                + number(squaredFloor) + ")))";
    }

    /** A number as Python reads it back without loss. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.17e", value);
    }

    /** What follows a convolution, as in a session. */
    private String finish(int layer, String y) {
        if (!design.isHidden(layer)) {
            return y;
        }
        String x = design.options().l2Normalize() ? let(unitRows(y, LayeredSession.SQUARED_LENGTH_FLOOR)) : y;
        ActivationFunction function = design.options().activation();
        if (!design.normalised(layer)) {
            return let(activation(function, x));
        }
        String norm = Design.norm(layer);
        return let(
                design.normalisesFirst()
                        ? activation(function, batchNorm(norm, x))
                        : batchNorm(norm, activation(function, x)));
    }

    private String readout(List<String> outputs) {
        String h = outputs.get(outputs.size() - 1);
        if (!design.hasHead()) {
            return h;
        }
        if (design.options().concat() && outputs.size() > 1) {
            h = let("torch.cat([" + String.join(", ", outputs) + "], 1)");
        }
        if (design.shape().task() == Task.GRAPH) {
            h = let(pooled(h));
        } else if (design.shape().task() == Task.LINK) {
            h = joined(h);
        }
        if (!design.hasLinear()) {
            return h;
        }
        String bias = names.contains("lin.bias") ? ", self.lin_bias" : "";
        return let("torch.linear(" + h + ", self.lin_weight" + bias + ")");
    }

    private String pooled(String h) {
        String sum = "self.total(" + h + ", graph, graphs)";
        String maximum = "self.maximum(" + h + ", graph, graphs)";
        String mean =
                "torch.div(" + sum + ", torch.clamp(self.total(torch.ones_like(" + h + "), graph, graphs), min=1))";
        return switch (design.options().pooling()) {
            case MEAN -> mean;
            case MAX -> maximum;
            case SUM -> sum;
            case MAX_MEAN -> "torch.cat([" + maximum + ", " + mean + "], 1)";
            case MAX_SUM -> "torch.cat([" + maximum + ", " + sum + "], 1)";
        };
    }

    private String joined(String h) {
        String sources = let("torch.index_select(" + h + ", 0, torch.select(edge_label_index, 0, 0))");
        String targets = let("torch.index_select(" + h + ", 0, torch.select(edge_label_index, 0, 1))");
        return switch (design.options().decoder()) {
            case DOT -> {
                String product = let("torch.sum(torch.mul(" + sources + ", " + targets + "), [1], True)");
                yield let("torch.cat([torch.zeros_like(" + product + "), " + product + "], 1)");
            }
            case HADAMARD -> let("torch.mul(" + sources + ", " + targets + ")");
            case CONCAT -> let("torch.cat([" + sources + ", " + targets + "], 1)");
        };
    }

    private String code(String result) {
        return forward() + "    row, col, w, = self.messages(x, edge_index, edge_weight, edge_mask)\n" + body
                + "    return " + result + "\n" + messages() + HELPERS;
    }

    private String forward() {
        return switch (design.shape().task()) {
            case NODE -> FORWARD.formatted("", "");
            case LINK -> FORWARD.formatted(", edge_label_index: Tensor", "");
            case GRAPH -> FORWARD.formatted("", ", batch: Optional[Tensor]=None") + GRAPHS;
        };
    }

    /** What a message weighs before masks: the model's own normalisation. */
    private String messages() {
        MessageRule rule = design.messages();
        StringBuilder code = new StringBuilder(rule.edgeWeights() ? WEIGHTED : UNWEIGHTED);
        code.append(MASK);
        code.append(
                switch (rule.selfLoops()) {
                    case KEEP -> "";
                    case ADD -> ADD_LOOPS;
                    case REMOVE -> REMOVE_LOOPS;
                });
        code.append(
                switch (rule.scale()) {
                    case NONE, SUM -> "";
                    case MEAN -> MEAN;
                    case SYMMETRIC -> SYMMETRIC;
                });
        return code.append("    return (row, col, torch.mul(w, m))\n").toString();
    }

    private static final String FORWARD = "  def forward(self: __torch__.Module, x: Tensor, edge_index: Tensor%s,"
            + " edge_weight: Optional[Tensor]=None%s, edge_mask: Optional[Tensor]=None) -> Tensor:\n";

    private static final String GRAPHS = """
                if batch is None:
                  graph = edge_index.new_zeros([x.size(0)])
                else:
                  graph = batch
                graphs = int(torch.max(graph)) + 1
            """;

    private static final String WEIGHTED = """
              def messages(self: __torch__.Module, x: Tensor, edge_index: Tensor, edge_weight: Optional[Tensor], edge_mask: Optional[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
                row = torch.select(edge_index, 0, 0)
                col = torch.select(edge_index, 0, 1)
                n = x.size(0)
                if edge_weight is None:
                  w = x.new_ones([row.size(0)])
                else:
                  w = edge_weight
            """;

    /** These architectures do not look at weights. */
    private static final String UNWEIGHTED = """
              def messages(self: __torch__.Module, x: Tensor, edge_index: Tensor, edge_weight: Optional[Tensor], edge_mask: Optional[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
                row = torch.select(edge_index, 0, 0)
                col = torch.select(edge_index, 0, 1)
                n = x.size(0)
                w = x.new_ones([row.size(0)])
            """;

    /** Multiplies messages after normalisation, but for self-loops that are added. */
    private static final String MASK = """
                if edge_mask is None:
                  m = torch.ones_like(w)
                else:
                  m = edge_mask
            """;

    private static final String ADD_LOOPS = """
                own = x.new_zeros([n]).index_add(0, row, torch.eq(row, col).to(x.dtype))
                loops = torch.nonzero(torch.eq(own, 0)).reshape([-1])
                row = torch.cat([row, loops])
                col = torch.cat([col, loops])
                w = torch.cat([w, x.new_ones([loops.size(0)])])
                m = torch.cat([m, x.new_ones([loops.size(0)])])
            """;

    private static final String REMOVE_LOOPS = """
                kept = torch.nonzero(torch.ne(row, col)).reshape([-1])
                row = torch.index_select(row, 0, kept)
                col = torch.index_select(col, 0, kept)
                w = torch.index_select(w, 0, kept)
                m = torch.index_select(m, 0, kept)
            """;

    private static final String MEAN = """
                count = x.new_zeros([n]).index_add(0, col, torch.ones_like(w))
                w = torch.div(w, torch.index_select(count, 0, col))
            """;

    private static final String SYMMETRIC = """
                degree = x.new_zeros([n]).index_add(0, col, w)
                positive = torch.gt(degree, 0)
                root = torch.pow(torch.where(positive, degree, torch.ones_like(degree)), -0.5)
                d = torch.where(positive, root, torch.zeros_like(degree))
                w = torch.mul(torch.mul(torch.index_select(d, 0, row), w), torch.index_select(d, 0, col))
            """;

    private static final String HELPERS = """
              def total(self: __torch__.Module, y: Tensor, index: Tensor, n: int) -> Tensor:
                return y.new_zeros([n, y.size(1)]).index_add(0, index, y)
              def maximum(self: __torch__.Module, y: Tensor, index: Tensor, n: int) -> Tensor:
                places = index.unsqueeze(1).expand([y.size(0), y.size(1)])
                return y.new_zeros([n, y.size(1)]).scatter_reduce(0, places, y, "amax", include_self=False)
              def propagate(self: __torch__.Module, y: Tensor, row: Tensor, col: Tensor, w: Tensor) -> Tensor:
                return self.total(y.index_select(0, row) * w.unsqueeze(1), col, y.size(0))
              def attend(self: __torch__.Module, y: Tensor, scores: Tensor, row: Tensor, col: Tensor, w: Tensor) -> Tensor:
                n = y.size(0)
                heads = scores.size(1)
                e = torch.exp(scores - self.maximum(scores, col, n).index_select(0, col))
                share = e / self.total(e, col, n).index_select(0, col) * w.unsqueeze(1)
                width = y.size(1) // heads
                sent = y.index_select(0, row).reshape([row.size(0), heads, width]) * share.unsqueeze(2)
                return self.total(sent.reshape([row.size(0), y.size(1)]), col, n)
            """;
}
