package org.aitia.models.internal.record;

import java.util.List;
import java.util.Map;
import org.aitia.api.model.Parameter;

/** Where the course of a training is written down. Used by one thread. */
public interface EpochLog extends AutoCloseable {
    /**
     * What is known after an epoch.
     *
     * @param number from 1 on
     * @param train measures of the training instances by name
     * @param validation likewise of the validation instances; empty if there are none
     * @param learningRate of this epoch
     * @param seconds since training began
     */
    record Epoch(
            int number,
            Map<String, Double> train,
            Map<String, Double> validation,
            double learningRate,
            double seconds) {}

    /**
     * Writes the measures of an epoch.
     *
     * @param epoch what is known
     */
    void scalars(Epoch epoch);

    /**
     * Writes how the weights are distributed.
     *
     * @param epoch its number
     * @param weights all parameters
     */
    void weights(int epoch, List<Parameter> weights);

    @Override
    void close();
}
