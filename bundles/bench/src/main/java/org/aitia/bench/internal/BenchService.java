package org.aitia.bench.internal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.aitia.api.DataFormatException;
import org.aitia.api.NotFoundException;
import org.aitia.api.StorageException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.BenchCell;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.BenchWriter;
import org.aitia.api.bench.Benchmarks;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.ComparisonWriter;
import org.aitia.api.compare.Comparisons;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.explain.Explanations;
import org.aitia.api.metric.Metrics;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.Trainer;
import org.aitia.bench.internal.suite.SuiteReader;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Runs suites. Safe for several threads: every run has a state of its own. */
@Component(service = Benchmarks.class)
public final class BenchService implements Benchmarks {
    private final Services services;
    private final Shipped shipped;

    // replaced by OSGi when the bundle that writes reports comes or goes
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile BenchWriter writer;

    /**
     * For OSGi.
     *
     * @param context of this bundle, which holds suites
     * @param datasets loads data
     * @param trainer trains models
     * @param models where they are
     * @param explanations explains
     * @param explanationFiles keeps examples
     * @param metrics what can be measured
     * @param comparisons measures and joins
     * @param comparisonFiles keeps results
     * @param devices tells lanes
     */
    @Activate
    public BenchService(
            BundleContext context,
            @Reference Datasets datasets,
            @Reference Trainer trainer,
            @Reference ModelStore models,
            @Reference Explanations explanations,
            @Reference ExplanationIo explanationFiles,
            @Reference Metrics metrics,
            @Reference Comparisons comparisons,
            @Reference ComparisonWriter comparisonFiles,
            @Reference DeviceManager devices) {
        this(
                new Services(
                        datasets,
                        trainer,
                        models,
                        explanations,
                        explanationFiles,
                        metrics,
                        comparisons,
                        comparisonFiles,
                        devices,
                        context.getBundle().getVersion().toString()),
                Shipped.in(context.getBundle()));
    }

    /** For use without OSGi. */
    BenchService(Services services, Shipped shipped) {
        this.services = services;
        this.shipped = shipped;
    }

    /** For use without OSGi: a service that writes reports. */
    BenchService writing(BenchWriter reports) {
        this.writer = reports;
        return this;
    }

    @Override
    public List<Suite> suites() {
        return shipped.all();
    }

    @Override
    public Suite suite(String name) {
        return shipped.suite(name);
    }

    @Override
    public Suite read(Path file) {
        String full = String.valueOf(file.getFileName());
        String ending = full.substring(full.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!full.contains(".") || !List.of("yaml", "yml", "json").contains(ending)) {
            throw new DataFormatException(
                    file + " is no suite by its name: a suite is a file that ends in .yaml, .yml or .json");
        }
        try {
            return SuiteReader.read(full.substring(0, full.lastIndexOf('.')), file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new NotFoundException(
                    "there is no suite " + file + ": name a file that exists, or a suite of the product");
        } catch (CharacterCodingException e) {
            throw new DataFormatException(file + " is not written in UTF-8; save it so", e);
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e + "; check its permissions", e);
        }
    }

    @Override
    public List<BenchCell> plan(BenchRequest request) {
        return Plan.of(request).cells();
    }

    @Override
    public BenchResult run(BenchRequest request, TaskMonitor monitor) {
        BenchResult result = new BenchRun(services, request, monitor).run();
        BenchWriter present = writer;
        if (present == null) {
            monitor.message("note: nothing is installed that writes reports; the results are in "
                    + result.files().get(0));
            return result;
        }
        return result.withFiles(present.write(result, request.directory()));
    }
}
