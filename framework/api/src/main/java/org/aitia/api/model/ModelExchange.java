package org.aitia.api.model;

import java.nio.file.Path;
import org.aitia.api.TaskMonitor;
import org.osgi.annotation.versioning.ProviderType;

/** Brings models in from PyTorch, and out to it, as TorchScript. Safe for several threads. */
@ProviderType
public interface ModelExchange {
    /**
     * Imports a TorchScript module {@code forward(x, edge_index)}, {@code forward(x, edge_index, edge_weight)} or, for
     * graph tasks, either with {@code batch} at the end, for link tasks with {@code edge_label_index}: probes it and
     * stores it. The module is code, which libtorch runs; it is refused if it names operators that read or write files.
     *
     * @param request file, name, task
     * @param monitor told of progress
     * @return what was stored and found
     * @throws org.aitia.api.DataFormatException if the file is not such a module; the message says what it is and what to
     *     do, and names operators that are not there
     * @throws org.aitia.api.InvalidRequestException if the probe contradicts the request
     * @throws org.aitia.api.StorageException if the file cannot be read or the model not stored
     */
    ImportReport importModel(ImportRequest request, TaskMonitor monitor);

    /**
     * Writes a stored model as a TorchScript module that plain PyTorch loads and that gives the same logits.
     *
     * @param model name of a stored model
     * @param file where to; appears whole or not at all
     * @param monitor told of progress
     * @throws org.aitia.api.NotFoundException if there is no such model
     * @throws org.aitia.api.InvalidRequestException if its architecture cannot be written so
     * @throws org.aitia.api.StorageException if it cannot be written
     */
    void exportModel(String model, Path file, TaskMonitor monitor);
}
