package org.aitia.api.dataset;

import org.aitia.api.Task;

/**
 * What is known of a data set before it is loaded.
 *
 * @param name the name to type: lower case, for example {@code cora}
 * @param title for people
 * @param description what it is, in one or two sentences
 * @param task what its labels are about
 * @param origin where it comes from: address, or how it is generated
 * @param citation the paper to cite; may be empty
 * @param licence its licence, or that none is stated
 * @param generated whether it is made here rather than downloaded
 */
public record DatasetInfo(
        String name,
        String title,
        String description,
        Task task,
        String origin,
        String citation,
        String licence,
        boolean generated) {}
