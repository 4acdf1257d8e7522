package io.discreet.evaluate;

/**
 * One person of a hold-out.
 *
 * @param history item indices that are folded in, ascending and distinct
 * @param labels item indices that were hidden, distinct; a person without labels is left out of every metric
 */
public record TestPerson(int[] history, int[] labels) {}
