package org.aitia.api.explain;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A term that an explainer adds to the loss of its masks; a service that any bundle registers, with the property
 * {@code aitia.name}. A request names it with a weight, for example {@code objectives=connectivity:0.1}.
 *
 * <p>Without state and safe for several threads.
 */
@ConsumerType
public interface Objective {
    /**
     * Returns the name to type.
     *
     * @return lower case
     */
    String name();

    /**
     * Returns what it rewards or punishes.
     *
     * @return one sentence, with the source
     */
    String description();

    /**
     * Computes the term for every target of a batch. Called once per step, within the step's scope and recorded; it must
     * be differentiable in the masks.
     *
     * @param state the masks of this step
     * @return [B], smaller is better
     */
    NDArray loss(ObjectiveState state);
}
