package org.aitia.models.internal.gat;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.testkit.tck.ModelArchitectureContract;

/** GATv2 keeps what every architecture promises, in each of its variants. */
class GatV2ContractTest extends ModelArchitectureContract {
    @Override
    protected ModelArchitecture architecture() {
        return new GatV2Architecture();
    }

    @Override
    protected int edgeFeatures() {
        return 2;
    }

    @Override
    protected boolean attends() {
        return true;
    }

    @Override
    protected List<Map<String, String>> variants() {
        return GatContractTest.VARIANTS;
    }
}
