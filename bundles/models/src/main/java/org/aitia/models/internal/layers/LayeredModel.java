package org.aitia.models.internal.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.engine.TorchScriptSource;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.TrainingSession;

/** A stack of convolutions with its weights, on the host. */
record LayeredModel(String architecture, Map<String, String> options, Design design, List<Parameter> parameters)
        implements GnnModel {

    /** The same with other weights. */
    LayeredModel with(List<Parameter> other) {
        return new LayeredModel(architecture, options, design, other);
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo(architecture, design.shape(), options, design.hops(), EdgeMaskSupport.MESSAGE);
    }

    @Override
    public Optional<TorchScriptSource> torchScript() {
        return ModuleSource.of(design, parameters);
    }

    @Override
    public ModelSession open(DeviceLease lease) {
        return new LayeredSession(this, lease, false);
    }

    @Override
    public TrainingSession openForTraining(DeviceLease lease) {
        return new LayeredTrainingSession(this, lease);
    }
}
