package org.aitia.datasets.internal;

import java.util.Dictionary;
import org.aitia.api.dataset.DatasetProvider;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * A reference outside a framework; ordered as the specification says.
 *
 * @param id older services have lower ones
 * @param ranking higher is better
 */
record FakeReference(long id, int ranking) implements ServiceReference<DatasetProvider> {
    @Override
    public int compareTo(Object other) {
        FakeReference reference = (FakeReference) other;
        int byRanking = Integer.compare(ranking, reference.ranking);
        return byRanking != 0 ? byRanking : Long.compare(reference.id, id);
    }

    @Override
    public Object getProperty(String key) {
        return null;
    }

    @Override
    public String[] getPropertyKeys() {
        return new String[0];
    }

    @Override
    public Bundle getBundle() {
        return null;
    }

    @Override
    public Bundle[] getUsingBundles() {
        return new Bundle[0];
    }

    @Override
    public boolean isAssignableTo(Bundle bundle, String className) {
        return true;
    }

    @Override
    public Dictionary<String, Object> getProperties() {
        throw new AssertionError("the registry reads single properties");
    }

    @Override
    public <A> A adapt(Class<A> type) {
        return null;
    }
}
