package org.aitia.api.model;

import java.util.List;
import org.aitia.api.TaskMonitor;
import org.aitia.api.option.OptionSpec;
import org.osgi.annotation.versioning.ProviderType;

/** Trains models of any architecture and stores them. Safe for several threads. */
@ProviderType
public interface Trainer {
    /**
     * Returns the architectures that are there at the moment.
     *
     * @return by name
     */
    List<ArchitectureEntry> architectures();

    /**
     * Returns the trainer's own options.
     *
     * @return epochs, learning rate and so on
     */
    List<OptionSpec> options();

    /**
     * Trains, evaluates on the split and stores.
     *
     * @param request what to train
     * @param monitor told of every epoch
     * @return the stored model; nothing is stored if this throws
     * @throws org.aitia.api.NotFoundException if data set or architecture is not there
     * @throws org.aitia.api.InvalidRequestException if an option is wrong
     * @throws org.aitia.api.CancelledException if cancelled
     */
    StoredModel train(TrainingRequest request, TaskMonitor monitor);

    /**
     * An architecture and who offers it.
     *
     * @param name the name to type
     * @param description what it is
     * @param options its options
     * @param bundle symbolic name and version of its bundle
     */
    record ArchitectureEntry(String name, String description, List<OptionSpec> options, String bundle) {}
}
