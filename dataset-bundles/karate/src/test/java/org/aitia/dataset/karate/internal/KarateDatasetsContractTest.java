package org.aitia.dataset.karate.internal;

import org.aitia.api.dataset.DatasetProvider;
import org.aitia.testkit.tck.DatasetProviderContract;

class KarateDatasetsContractTest extends DatasetProviderContract {
    @Override
    protected DatasetProvider provider() {
        return new KarateDatasets();
    }
}
