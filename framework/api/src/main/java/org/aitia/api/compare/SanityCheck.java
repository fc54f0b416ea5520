package org.aitia.api.compare;

/**
 * How much the explanations of one contestant are like those that it makes of the same model with randomised weights
 * (Adebayo et al. 2018), drawn with another seed. Near 1: they hardly depend on what the model has learnt. Estimates are
 * over targets, each the mean over seeds.
 *
 * @param label of the contestant
 * @param edges rank correlation (Spearman) of importances of edges, by size; {@link Estimate#NONE} without edges
 * @param features rank correlation of feature masks; {@link Estimate#NONE} without features
 * @param topEdges share of the ten most important edges that are the same ten; {@link Estimate#NONE} without edges
 * @param edgesAcrossSeeds for comparison the rank correlation of importances of edges between seeds, with the weights as
 *     they are; {@link Estimate#NONE} with one seed
 * @param reason why it could not be checked, one line; empty if it could
 */
public record SanityCheck(
        String label, Estimate edges, Estimate features, Estimate topEdges, Estimate edgesAcrossSeeds, String reason) {}
