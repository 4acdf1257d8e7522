package io.discreet.evaluate;

/**
 * One person of a hold-out. Arrays are compared by identity, so do not compare people.
 *
 * @param history item indices that are folded in, ascending and distinct
 * @param labels item indices that were hidden, distinct; a person without labels is left out of every metric
 */
@SuppressWarnings("ArrayRecordComponent") // millions of these: a boxed list would be five times the memory
public record TestPerson(int[] history, int[] labels) {}
