package org.aitia.datasets.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.aitia.api.AitiaException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.option.OptionSpec;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All data sets of all providers. Where two providers offer the same name, the one with the higher service ranking has
 * it, then the older one.
 */
@Component
public final class DatasetRegistry implements Datasets {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetRegistry.class);

    private record Offer(DatasetInfo info, DatasetProvider provider, String bundle) {
        /** Whether it can be loaded as a data set of links. A provider that uses the names itself decides itself. */
        boolean derivesLinks() {
            return info.task() == Task.NODE && !LinkOptions.clashWith(provider.options(info.name()));
        }

        List<OptionSpec> options() {
            List<OptionSpec> options = new ArrayList<>(provider.options(info.name()));
            if (derivesLinks()) {
                options.addAll(LinkOptions.specs());
            }
            return List.copyOf(options);
        }
    }

    /** The best service first; service references are ordered by ranking, then by age. */
    private final NavigableMap<ServiceReference<DatasetProvider>, DatasetProvider> providers =
            new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    private final Set<String> warned = ConcurrentHashMap.newKeySet(); // each clash of names is logged once
    private final LoadedData loaded = new LoadedData();
    private final DatasetCache cache;

    /**
     * Creates the registry.
     *
     * @param cache holds the files of data sets
     */
    @Activate
    public DatasetRegistry(@Reference DatasetCache cache) {
        this.cache = cache;
    }

    /**
     * Adds a provider; called by Declarative Services at any time.
     *
     * @param provider the service
     * @param reference its reference
     */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addProvider(DatasetProvider provider, ServiceReference<DatasetProvider> reference) {
        providers.put(reference, provider);
    }

    /**
     * Removes a provider and forgets its data. Loads that have begun end normally.
     *
     * @param provider the service
     * @param reference its reference
     */
    public void removeProvider(DatasetProvider provider, ServiceReference<DatasetProvider> reference) {
        providers.remove(reference);
        loaded.forget(provider);
        warned.clear();
    }

    @Override
    public List<DatasetEntry> list() {
        return offers().values().stream().map(DatasetRegistry::entry).toList();
    }

    @Override
    public DatasetEntry find(String name) {
        return entry(offer(name));
    }

    @Override
    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
        Offer offer = offer(name);
        checkOptions(offer, options);
        if (!offer.derivesLinks()) {
            return loaded(offer, options, () -> load(offer, options, monitor), monitor);
        }
        LinkOptions links = LinkOptions.parse(options, name);
        Map<String, String> own = LinkOptions.without(options);
        Supplier<Dataset> base = () -> loaded(offer, own, () -> load(offer, own, monitor), monitor);
        return links.task() == LinkOptions.Predict.NODE
                ? base.get()
                : loaded(offer, options, () -> links(base.get(), links, options, monitor), monitor);
    }

    private Dataset loaded(Offer offer, Map<String, String> options, Supplier<Dataset> loader, TaskMonitor monitor) {
        LoadedData.Key key = new LoadedData.Key(offer.provider(), offer.info().name(), Map.copyOf(options));
        Dataset dataset = loaded.get(key, loader, monitor);
        if (!providers.containsValue(offer.provider())) {
            loaded.forget(offer.provider()); // it went while it was loading
        }
        return dataset;
    }

    private static Dataset load(Offer offer, Map<String, String> options, TaskMonitor monitor) {
        try {
            return offer.provider().load(offer.info().name(), Map.copyOf(options), monitor);
        } catch (AitiaException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new AitiaException(
                    "data set '" + offer.info().name() + "' cannot be loaded: bundle " + offer.bundle()
                            + " failed with " + e,
                    e);
        }
    }

    private static Dataset links(Dataset base, LinkOptions links, Map<String, String> options, TaskMonitor monitor) {
        if (base.info().task() != Task.NODE) { // which options may decide
            throw noLinks(base.info());
        }
        return LinkDataset.of(base, links, options, monitor);
    }

    private static InvalidRequestException noLinks(DatasetInfo info) {
        return new InvalidRequestException("data set '" + info.name() + "' "
                + (info.task() == Task.LINK
                        ? "is one of links already; leave task=link out"
                        : "consists of many graphs, each with a class; task=link needs a data set of one graph"));
    }

    @Override
    public List<FileCheck> verify(String name, TaskMonitor monitor) {
        return offer(name).info().generated() ? List.of() : cache.verify(name, monitor);
    }

    @Override
    public void refresh(String name, TaskMonitor monitor) {
        Offer offer = offer(name);
        if (!offer.info().generated()) {
            cache.refresh(name, monitor);
        }
        loaded.forget(offer.provider(), name);
    }

    /** The schema of a provider checks too, but a provider without options may not look. */
    private static void checkOptions(Offer offer, Map<String, String> options) {
        List<String> known = new ArrayList<>();
        for (OptionSpec option : offer.options()) {
            known.add(option.name());
            known.addAll(option.aliases());
        }
        for (String given : options.keySet()) {
            if (!known.contains(given)) {
                if (LinkOptions.areLinks(options)
                        && !LinkOptions.without(options).containsKey(given)
                        && offer.info().task() != Task.NODE) {
                    throw noLinks(offer.info());
                }
                throw new InvalidRequestException("data set '" + offer.info().name() + "' has no option '" + given + "'"
                        + NotFoundException.suggestion(given, known));
            }
        }
    }

    private static DatasetEntry entry(Offer offer) {
        return new DatasetEntry(offer.info(), offer.options(), offer.bundle());
    }

    private Offer offer(String name) {
        SortedMap<String, Offer> offers = offers();
        Offer offer = offers.get(name);
        if (offer == null) {
            throw NotFoundException.of("dataset", name, offers.keySet());
        }
        return offer;
    }

    private SortedMap<String, Offer> offers() {
        SortedMap<String, Offer> offers = new TreeMap<>();
        providers.forEach((reference, provider) -> {
            String bundle = bundle(reference);
            for (DatasetInfo info : infos(provider, bundle)) {
                Offer first = offers.putIfAbsent(info.name(), new Offer(info, provider, bundle));
                if (first != null && warned.add(info.name() + " " + bundle)) {
                    LOG.warn(
                            "Bundle {} offers data set '{}', which {} has already; it is ignored",
                            bundle,
                            info.name(),
                            first.bundle());
                }
            }
        });
        return offers;
    }

    /** One provider that fails must not hide the data sets of the others. */
    private List<DatasetInfo> infos(DatasetProvider provider, String bundle) {
        try {
            return provider.datasets();
        } catch (RuntimeException e) {
            if (warned.add(bundle)) {
                LOG.warn("Bundle {} does not tell its data sets", bundle, e);
            }
            return List.of();
        }
    }

    private static String bundle(ServiceReference<?> reference) {
        return Optional.ofNullable(reference.getBundle())
                .map(DatasetRegistry::name)
                .orElse("(gone)");
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
