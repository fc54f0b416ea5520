package org.aitia.models.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.aitia.api.NotFoundException;
import org.aitia.api.model.ModelArchitecture;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The architectures of all bundles that are there at the moment. Safe for several threads. */
@Component(service = Architectures.class)
public final class Architectures {
    private final Map<Object, Entry> entries = new ConcurrentHashMap<>();

    /**
     * An architecture and who offers it.
     *
     * @param architecture the service
     * @param bundle symbolic name and version
     * @param ranking of services of one name the highest wins
     * @param id of services of one ranking the oldest wins
     */
    public record Entry(ModelArchitecture architecture, String bundle, int ranking, long id) {}

    /**
     * For use without OSGi.
     *
     * @param architectures the architectures
     * @return a registry of just these
     */
    public static Architectures of(ModelArchitecture... architectures) {
        Architectures registry = new Architectures();
        for (ModelArchitecture architecture : architectures) {
            registry.entries.put(architecture, new Entry(architecture, "none", 0, registry.entries.size()));
        }
        return registry;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void add(ServiceReference<ModelArchitecture> reference, ModelArchitecture architecture) {
        Bundle bundle = reference.getBundle();
        Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
        entries.put(
                reference,
                new Entry(
                        architecture,
                        bundle.getSymbolicName() + " " + bundle.getVersion(),
                        ranking instanceof Integer given ? given : 0,
                        (Long) reference.getProperty(Constants.SERVICE_ID)));
    }

    void remove(ServiceReference<ModelArchitecture> reference) {
        entries.remove(reference);
    }

    /**
     * Returns what there is.
     *
     * @return one per name, by name
     */
    public List<Entry> list() {
        return List.copyOf(byName().values());
    }

    /**
     * Returns one architecture.
     *
     * @param name its name
     * @return the service of this name
     * @throws NotFoundException if there is none
     */
    public ModelArchitecture find(String name) {
        Map<String, Entry> known = byName();
        Entry entry = known.get(name);
        if (entry == null) {
            throw NotFoundException.of("architecture", name, known.keySet());
        }
        return entry.architecture();
    }

    private Map<String, Entry> byName() {
        Comparator<Entry> worstFirst = Comparator.comparingInt(Entry::ranking)
                .thenComparing(Comparator.comparingLong(Entry::id).reversed());
        Collection<Entry> sorted = entries.values().stream().sorted(worstFirst).toList();
        Map<String, Entry> byName = new TreeMap<>();
        sorted.forEach(entry -> byName.put(entry.architecture().name(), entry));
        return byName;
    }
}
