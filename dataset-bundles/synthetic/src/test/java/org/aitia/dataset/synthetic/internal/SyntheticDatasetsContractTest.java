package org.aitia.dataset.synthetic.internal;

import org.aitia.api.dataset.DatasetProvider;
import org.aitia.testkit.tck.DatasetProviderContract;

class SyntheticDatasetsContractTest extends DatasetProviderContract {
    @Override
    protected DatasetProvider provider() {
        return new SyntheticDatasets();
    }
}
