package org.aitia.api.model;

import java.util.List;

/**
 * What an import found.
 *
 * @param model as stored
 * @param findings what the probe saw and what can be explained, in sentences
 */
public record ImportReport(StoredModel model, List<String> findings) {
    /** Copies the list. */
    public ImportReport {
        findings = List.copyOf(findings);
    }
}
