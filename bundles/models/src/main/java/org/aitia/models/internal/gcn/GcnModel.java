package org.aitia.models.internal.gcn;

import java.util.List;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.Parameter;
import org.aitia.api.model.TrainingSession;

/** A GCN with its weights, on the host. */
record GcnModel(GcnDesign design, List<Parameter> parameters) implements GnnModel {

    @Override
    public ModelInfo info() {
        return design.info();
    }

    @Override
    public ModelSession open(DeviceLease lease) {
        return new GcnSession(this, lease, false);
    }

    @Override
    public TrainingSession openForTraining(DeviceLease lease) {
        return new GcnTrainingSession(this, lease);
    }
}
