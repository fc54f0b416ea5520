package org.aitia.models.internal.torchscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.TrainingSession;

/** An imported model: a module, and what is known of it. */
final class TorchScriptModel implements GnnModel {
    private final ModelShape shape;
    private final TorchScriptOptions options;
    private final byte[] module;

    TorchScriptModel(ModelShape shape, TorchScriptOptions options, byte[] module) {
        this.shape = shape;
        this.options = options;
        this.module = module;
    }

    ModelShape shape() {
        return shape;
    }

    TorchScriptOptions options() {
        return options;
    }

    byte[] module() {
        return module;
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo(
                TorchScriptArchitecture.NAME,
                shape,
                TorchScriptArchitecture.SCHEMA.format(options),
                options.hops(),
                options.edgeMasks().support(),
                notes());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (options.edgeMasks().support() == EdgeMaskSupport.EDGE_WEIGHT) {
            notes.add(
                    "An edge mask multiplies the edge weights that the module takes, so it goes through the model's own"
                            + " normalisation: masking an edge also changes the weight of its neighbours.");
        } else if (options.edgeMasks().support() == EdgeMaskSupport.NONE) {
            notes.add("The module takes no edge weights that have an effect, so edges cannot be masked; nodes and"
                    + " features can, and edges can be removed.");
        }
        if (options.reach() == TorchScriptOptions.Reach.GLOBAL && shape.task() != Task.GRAPH) {
            notes.add("A prediction depends on the whole graph; it is computed on it for every explanation, and only"
                    + " what lies within " + options.hops() + " hops is explained.");
        } else if (options.reach() == TorchScriptOptions.Reach.UNDIRECTED) {
            notes.add(
                    "On directed graphs a prediction depends on more than its computation graph; it is computed on the"
                            + " whole graph there.");
        }
        return notes;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Map<String, byte[]> attachments() {
        return Map.of(TorchScriptArchitecture.MODULE, module);
    }

    @Override
    public ModelSession open(DeviceLease lease) {
        return new TorchScriptSession(this, lease);
    }

    @Override
    public TrainingSession openForTraining(DeviceLease lease) {
        throw new InvalidRequestException(
                "an imported TorchScript model cannot be trained here; train it in PyTorch and import it again");
    }
}
