package org.aitia.api.model;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Models on disk. Safe for several threads and processes: a model appears whole or not at all.
 *
 * <p>Files hold no serialised objects, and no code but that of imported models: a TorchScript module is code, which
 * libtorch runs. Reading a model that was trained here from a stranger is safe.
 */
@ProviderType
public interface ModelStore {
    /**
     * Returns what is stored.
     *
     * @return by name; a damaged or unreadable entry is left out and logged
     */
    List<StoredModel> list();

    /**
     * Returns one model's description.
     *
     * @param name a model
     * @return the description
     * @throws org.aitia.api.NotFoundException if there is none of this name
     * @throws org.aitia.api.DataFormatException if its files are damaged
     */
    StoredModel find(String name);

    /**
     * Reads one model with its weights.
     *
     * @param name a model
     * @return the model
     * @throws org.aitia.api.NotFoundException if there is none of this name, or its architecture is not installed
     * @throws org.aitia.api.DataFormatException if its files are damaged; the message names file and checksum
     */
    GnnModel load(String name);

    /**
     * Stores a model, replacing one of the same name.
     *
     * @param description its description; {@code weightsDigest} is computed here
     * @param model its weights
     * @return the description as stored
     * @throws org.aitia.api.InvalidRequestException if the name is not fit for a file: letters, digits, {@code . _ -}
     * @throws org.aitia.api.StorageException if it cannot be written; what was there before is unharmed
     */
    StoredModel save(StoredModel description, GnnModel model);

    /**
     * Renames a model.
     *
     * @param from a model
     * @param to a name that is free
     * @return the description under its new name
     * @throws org.aitia.api.NotFoundException if there is none of the first name
     * @throws org.aitia.api.InvalidRequestException if the second is taken, or not fit for a file
     * @throws org.aitia.api.StorageException if it cannot be written; the model keeps its name then
     */
    StoredModel rename(String from, String to);

    /**
     * Removes a model.
     *
     * @param name a model
     * @throws org.aitia.api.NotFoundException if there is none of this name
     */
    void remove(String name);
}
